"""Every byte that either service receives, stores or logs is recorded: nothing that people said or are is in it."""

from __future__ import annotations

import asyncio
import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.fakes.witness import Evidence, Witness, forms
from tests.flows.deployment import Deployment, Person
from widget.crypto.device import RECORD
from widget.crypto.genesis import parse_address
from widget.native.storage import MemoryStorage

pytestmark = pytest.mark.no_cover

CANARY = "the cat sleeps in the violin case"
NAME = "Quiet canary name"


async def test_services_see_no_text_address_code_or_key(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    witness = Witness(monkeypatch)
    ann, bob = await deployment.signed_in("Ann"), await deployment.signed_in("Bob", "always")
    codes = [await deployment.code_for(person.address) for person in (ann, bob)]
    kept = [secret for person in (ann, bob) for secret in secrets_of(person)]
    await ann.chat.create_room(NAME, False)
    invite = ann.chat.get_invite()
    await bob.chat.join_room(invite)
    await bob.links_are({"Ann": "relayed"})
    await ann.chat.send_message(CANARY)
    await bob.chat.send_message(CANARY[::-1])
    await bob.hears(CANARY)
    await ann.hears(CANARY[::-1])
    during = deployment.redis_dump()
    await bob.chat.logout()
    await ann.chat.leave_room()
    places = {
        "signaling": bytes(deployment.signaling.tap.seen),
        # The sign-in service opens its seals only inside: on its wire there is nothing to read either.
        "auth": bytes(deployment.auth.tap.seen),
        "redis commands": deployment.redis_saw(),
        "redis while they talked": during,
        "redis afterwards": deployment.redis_dump(),
        "logs": deployment.log.getvalue().encode(),
        "key folder": b"\n".join(path.read_bytes() for path in deployment.key_files()),
        "output": "".join(capfd.readouterr()).encode(),
    }
    assert [name for name in places if len(places[name]) < 500] == ["output"]
    said = [CANARY, CANARY[::-1], NAME, ann.address, bob.address, invite.partition(".")[2]]
    psk = parse_address(invite).psk
    split = [f"{code[:4]} {code[4:]}" for code in codes]
    secrets: list[str | bytes] = [*said, *codes, *split, psk, *kept, *witness.secrets]
    evidence = {place: Evidence(seen) for place, seen in places.items()}
    shown = [(place, secret) for place in places for secret in secrets if evidence[place].shows(secret)]
    assert shown == []
    # Both sign-ins, both texts and the room's keys at least were noted where they are made.
    assert all(any(form.encode() in plain for plain in witness.plaintexts) for form in [*codes, CANARY, ann.address])
    assert len(witness.keys) > 20
    assert len(kept) == 4


async def test_the_recording_does_see_what_is_public(deployment: Deployment) -> None:
    ann = await deployment.signed_in("Ann")
    await ann.chat.create_room("Open canary name")
    await asyncio.sleep(0)
    assert b"Open canary name" in deployment.signaling.tap.seen
    assert b"Open canary name" in deployment.redis_dump()
    assert b"/otp/verify" in deployment.auth.tap.seen


def test_a_secret_is_found_in_every_disguise() -> None:
    for secret in (CANARY.encode(), bytes(range(200, 232))):
        for before in (b"", b"x", b"xy", b"xyz"):
            for form in (bytes, bytes.hex, base64.b64encode, base64.urlsafe_b64encode):
                text = form(before + secret + b"after")
                assert Evidence(text.encode() if isinstance(text, str) else text).shows(secret)
        assert not Evidence(secret[1:] + b" " + secret[:-1]).shows(secret)
    assert all(len(form) >= 8 for form in forms(b"12345678"))


def secrets_of(person: Person) -> list[bytes]:
    """What the client keeps between visits: its device's private key and its refresh secret."""
    storage = person.bot._platform.ports.storage
    assert isinstance(storage, MemoryStorage)
    public = (RECORD, "keys")
    found = [record for name, record in storage._records.items() if name.split(" ")[0] not in public]
    for key in storage._keys.values():
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        found.append(key.private_numbers().private_value.to_bytes(32, "big"))
    return found
