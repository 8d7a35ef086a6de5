"""Vectors of credentials as they are checked at the door."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.fakes.greetings import renamed, resigned
from tests.vectors.made.documents import DAY, HOUR, SKEW
from tests.vectors.made.file import File, bent
from tests.vectors.made.people import People, Sitting, sign, twin
from widget.native.crypto import native_crypto
from widget.wire.credential import Credential, credential_signed, read_credential, write_credential


async def admissions(people: People) -> File:
    file = File("admission", "check", "Whether a credential lets its owner in: widget/crypto/credentials.py, check")
    ben, now = people.seats["ben"], people.now_ms + 100
    sc = read_credential(ben.session.me.credential)

    def given(at: str, data: bytes, proof: bytes = b"", when: int = now, **more: Any) -> dict[str, Any]:
        return {
            "at": at,
            "known": [],
            "credential": data,
            "proof": proof,
            "now": when,
            "past": False,
            "stale": False,
            "devices": [],
            **more,
        }

    data, end = ben.session.me.credential, sc.exp_ms
    file.good("Ben at Ada's", _told(ben), **given("ada", data))
    file.good(
        "the host at Ben's", _told(people.seats["ada"]), **given("ben", people.seats["ada"].session.me.credential)
    )
    file.good("who is known", _told(ben), **given("ada", data, known=["ben"]))
    file.good("just before it begins", _told(ben), **given("ada", data, when=sc.iat_ms - SKEW))
    file.good("just after it ended", _told(ben), **given("ada", data, when=end + SKEW - 1))
    file.good(
        "long after it ended, for what was said before", _told(ben), **given("ada", data, when=end + HOUR, past=True)
    )
    signed_twice = write_credential(replace(sc, signature=twin(sc.signature)))
    file.good("the second signature that holds, which names the same session", _told(ben), **given("ada", signed_twice))

    async def bad(sentence: str, reason: int, changed: Credential, when: int = now, **more: Any) -> None:
        """Signed by Ben's device all the same."""
        file.bad(sentence, reason, **given("ada", await resigned(_person(ben), changed), when=when, **more))

    cleo = read_credential(people.seats["cleo"].session.me.credential)
    await bad("another room", 22, replace(sc, room_id=bytes(16)))
    await bad("more than twelve hours", 23, replace(sc, exp_ms=sc.iat_ms + 12 * HOUR + 1))
    await bad("no time at all", 23, replace(sc, exp_ms=sc.iat_ms))
    await bad("an end before the begin", 23, replace(sc, exp_ms=sc.iat_ms - 1))
    await bad("too early", 23, sc, when=sc.iat_ms - SKEW - 1)
    await bad("too late", 23, sc, when=end + SKEW)
    await bad("too early, for what was said before", 23, sc, when=sc.iat_ms - SKEW - 1, past=True)
    await bad("another identity than it names", 24, replace(sc, identity=cleo.identity))
    await bad("the identity of another device", 25, replace(cleo, device=sc.device))
    await bad("a name that is not that of the keys", 44, replace(sc, sid=cleo.sid))
    await bad("another key to sign with under the same name", 44, replace(sc, signing=cleo.signing))
    await bad("another key to agree with under the same name", 44, replace(sc, agreement=cleo.agreement))
    await bad("who goes by another credential already", 29, replace(sc, iat_ms=sc.iat_ms + 1), known=["ben"])
    for name in ("device", "signing", "agreement"):
        changed = await renamed(_person(ben), replace(sc, **{name: b"\x03" + getattr(sc, name)[1:]}))
        await bad(f"a compressed {name} key", 4, changed)
    old = replace(sc, iat_ms=sc.iat_ms + 2 * HOUR, exp_ms=sc.exp_ms + 2 * HOUR)
    await bad("an identity that was over when the session began", 18, old, when=now + 2 * HOUR)
    foreign = people.identity("ben", org="https://evil.test").encode()
    hashed = await native_crypto().digest.sha256(foreign)
    await bad("somebody of another site", 21, replace(sc, identity=foreign, identity_hash=hashed))
    file.bad(
        "a signature by another device",
        26,
        **given("ada", write_credential(replace(sc, signature=_by("cleo", people, sc)))),
    )
    file.bad("a signature with a bent bit", 26, **given("ada", data.replace(sc.signature, bent(sc.signature))))
    file.bad("a later end than was signed", 26, **given("ada", write_credential(replace(sc, exp_ms=end - 1))))
    file.bad("a proof where none is asked", 28, **given("ada", data, bytes(32)))
    _private_admissions(file, people, given)
    file.bad(
        "the published keys are too old",
        14,
        **given(
            "ada", await resigned(_person(ben), replace(sc, iat_ms=now + DAY, exp_ms=now + DAY + 1)), when=now + DAY
        ),
    )
    file.bad("a byte left over", 1, **given("ada", data + b"\x00"))
    return file


def _private_admissions(file: File, people: People, given: Any) -> None:
    """Ada and Dan know the newest invite and the one before, Ben the newest alone, Cleo, who was away, the older."""
    ada, ben, cleo, dan = (people.seats[f"{name} in private"] for name in ("ada", "ben", "cleo", "dan"))
    device = [people.devices["cleo"].jkt]

    def shown(at: str, who: Sitting, **more: Any) -> dict[str, Any]:
        me = who.session.me
        case: dict[str, Any] = given(f"{at} in private", me.credential, me.psk_proof)
        return {**case, **more}

    file.good("who knows the newest invite alone", _told(ben), **shown("ada", ben))
    file.good("who knows two invites", _told(dan), **shown("ada", dan))
    file.good("who knows two invites, at who knows the older", _told(dan), **shown("cleo", dan))
    file.good("a device that was here before", _told(cleo), **shown("ada", cleo, devices=device))
    file.good(
        "a device that was here before, while there is no invite",
        _told(cleo),
        **shown("ada", cleo, devices=device, stale=True),
    )
    file.good("what was said by who knows no invite", _told(ben), **shown("ada", ben, proof=b"", past=True))
    file.bad("no proof in a private room", 28, **shown("ada", ben, proof=b""))
    file.bad("the older invite", 28, **shown("ada", cleo))
    file.bad("the newer invite, at who knows the older alone", 28, **shown("cleo", ben))
    file.bad("the newest invite, while there is none", 28, **shown("ada", ben, stale=True))
    file.bad("another's proofs", 28, **shown("ada", ben, proof=ada.session.me.psk_proof))
    file.bad("a proof with a bent bit", 28, **shown("ada", ben, proof=bent(ben.session.me.psk_proof)))
    file.bad("half a proof", 28, **shown("ada", ben, proof=ben.session.me.psk_proof[:16]))
    file.bad("another device that was here before", 28, **shown("ada", cleo, devices=[people.devices["ben"].jkt]))
    file.bad(
        "the credential of a public room", 22, **given("ada in private", people.seats["ben"].session.me.credential)
    )


def _told(seat: Sitting) -> dict[str, Any]:
    me = seat.session.me
    return {"sid": me.sid, "sub": me.sub, "name": me.name, "host": me.is_host, "hash": me.credential_hash}


def _person(seat: Sitting) -> Any:
    """What `resigned` and `renamed` take of somebody."""
    return seat


def _by(name: str, people: People, sc: Credential) -> bytes:
    return sign(people.devices[name].pair.private, credential_signed(sc))
