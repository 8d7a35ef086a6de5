"""Rooms of several people at rest, and epochs forged by one of them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from tests.fakes.crypto import watched_crypto
from tests.fakes.net import Net
from tests.fakes.people import Seat, make_room, sign_in, sit
from tests.fakes.realm import NOW_MS, Realm
from widget.crypto.decisions import NO_BOOK
from widget.crypto.group_step import GroupStep
from widget.crypto.limits import (
    AHEAD_N,
    REKEY_INTERVAL_MS,
    TAKEOVER_MS,
    TAKEOVER_STEP_MS,
)
from widget.crypto.live_epoch import LiveEpoch
from widget.wire.epoch import (
    REASON_JOIN,
    Epoch,
    commit_input,
    epoch_signed,
    read_signed_epoch,
    stated,
    write_epoch,
)
from widget.wire.pair import Grant, read_blob, write_grant

NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eve")


async def seats_for(count: int, apart_ms: int = 10) -> list[Seat]:
    """People of one room, each in a little later than the one before; the first is the host."""
    realm = Realm()
    seen: set[tuple[bytes, bytes]] = set()
    names = [*NAMES, *(f"Guest {number}" for number in range(len(NAMES), count))][:count]
    people = [await sign_in(realm, name, watched_crypto(seen)) for name in names]
    genesis = make_room(people[0])
    return [await sit(person, genesis, now_ms=NOW_MS + index * apart_ms) for index, person in enumerate(people)]


async def room_of(count: int) -> tuple[Net, list[Seat]]:
    """A room at rest, past every pause."""
    seats = await seats_for(count)
    net = Net()
    for seat in seats:
        await net.join(seat)
    await net.pass_time(2 * REKEY_INTERVAL_MS)
    assert net.agreed()
    await net.pass_time(TAKEOVER_MS + 5 * TAKEOVER_STEP_MS)
    return net, seats


def most_of(net: Net) -> int:
    """The highest number that an epoch of this room can have now."""
    return AHEAD_N + (net.now_ms - NOW_MS) // 1000


async def forge(
    issuer: Seat,
    members: list[Seat],
    n: int,
    secret: bytes = b"\x05" * 32,
    named_issuer: Seat | None = None,
    **changes: object,
) -> bytes:
    """A GRANT signed by `issuer`, honest but for the changes."""
    hashes = {seat.sid: seat.session.me.credential_hash for seat in members}
    epoch = Epoch(
        room_id=issuer.session.room_id,
        n=n,
        prev=hashlib.sha256(b"%d" % n + secret).hexdigest(),  # not one that another of this issuer follows
        issuer=(named_issuer or issuer).sid,
        reason=REASON_JOIN,
        commit=await issuer.person.crypto.digest.sha256(commit_input(secret)),
        book=NO_BOOK,
        roster={sid: hashes[sid] for sid in sorted(hashes)},
    )
    body = write_epoch(replace(epoch, **changes))  # type: ignore[arg-type]
    said = signed_of(issuer.session.room_id, epoch.issuer, body, await issuer.person.crypto.digest.sha256(body))
    signature = await issuer.person.crypto.signatures.sign(issuer.session.signing, said)
    return write_grant(body + signature, secret)


def signed_of(room_id: bytes, issuer: str, body: bytes, epoch_hash: bytes) -> bytes:
    """What that issuer signs of an epoch."""
    return epoch_signed(room_id, issuer, stated(body, epoch_hash))


def newest(net: Net) -> LiveEpoch:
    """The newest epoch that anybody in it holds."""
    held = [seat.group._keyring.frames.current for seat in net.seats.values()]
    return max((epoch for epoch in held if epoch is not None), key=lambda epoch: epoch.n)


def number_of(net: Net) -> int:
    """n of that."""
    return newest(net).n


async def refused(net: Net, receiver: Seat, sender: Seat, blob: bytes) -> list[int]:
    """Reasons counted while `receiver` took the blob; its epoch must not have changed."""
    before, kid = dict(receiver.group.drops), receiver.group.kid
    step = await receiver.group.receive(sender.sid, blob, net.now_ms)
    assert not step.new_epoch
    assert receiver.group.kid == kid
    return [reason for reason, count in receiver.group.drops.items() if count > before.get(reason, 0)]


def read_issuer(net: Net) -> str:
    grant = read_blob(newest(net).grant)
    assert isinstance(grant, Grant)
    return read_signed_epoch(grant.epoch)[0].issuer


def kid_of(blob: bytes) -> str:
    grant = read_blob(blob)
    assert isinstance(grant, Grant)
    return hashlib.sha256(read_signed_epoch(grant.epoch)[1]).digest()[:16].hex()


async def issue(seat: Seat, now_ms: int) -> GroupStep:
    """A new epoch by that member, whether one is due or not."""
    await seat.group._issue(REASON_JOIN, now_ms)
    return seat.group._done()
