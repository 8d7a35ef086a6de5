"""Frames made by hand, delivered, and the reason why one was dropped."""

from __future__ import annotations

from tests.fakes.crypto import watched_crypto
from tests.fakes.net import Net
from tests.fakes.people import Seat, make_room, sign_in, sit
from tests.fakes.realm import Realm
from widget.crypto.limits import (
    REKEY_INTERVAL_MS,
)
from widget.crypto.opened import OpenedFrame
from widget.wire.body import (
    KIND_TEXT,
    TextBody,
    write_text,
)
from widget.wire.frame import (
    TYPE_MESSAGE,
    frame_aad,
    message_signed,
    write_content,
    write_header,
)

Room = tuple[Net, Seat, Seat]
SLOW_MS = 200


async def open_room(names: tuple[str, ...] = ("Ada", "Ben")) -> tuple[Net, list[Seat]]:
    realm, net = Realm(), Net()
    seen: set[tuple[bytes, bytes]] = set()
    people = [await sign_in(realm, name, watched_crypto(seen)) for name in names]
    genesis = make_room(people[0])
    seats = [await sit(person, genesis, now_ms=realm.now_ms + index) for index, person in enumerate(people)]
    for seat in seats:
        await net.join(seat)
    await net.pass_time(REKEY_INTERVAL_MS)
    assert net.agreed()
    return net, seats


async def dropped(net: Net, packet: bytes, sender: Seat, receiver: Seat) -> int:
    """The reason for which the receiver dropped the packet."""
    before = dict(receiver.group.drops)
    assert await net.deliver(packet, sender, receiver) is None
    reasons = [reason for reason, count in receiver.group.drops.items() if count > before.get(reason, 0)]
    assert len(reasons) == 1
    return reasons[0]


async def taken(net: Net, packet: bytes, sender: Seat, receiver: Seat) -> OpenedFrame:
    opened = await net.deliver(packet, sender, receiver)
    assert opened is not None
    return opened


async def craft(
    author: Seat,
    index: int | None = None,
    counter: int = 0,
    body: bytes = b"",
    padded: bytes | None = None,
    frame_type: int = TYPE_MESSAGE,
    kind: int = KIND_TEXT,
    prev: bytes = bytes(16),
    msg_id: bytes = b"\x0f" * 16,
    ts_ms: int | None = None,
) -> bytes:
    """A frame made by hand with every key the author has: `index` may be somebody else's."""
    epoch = author.group._frames.current
    assert epoch is not None
    place = epoch.my_index if index is None else index
    header = write_header(frame_type, epoch.kid_bytes, place, counter)
    ts_ms = author.person.realm.now_ms if ts_ms is None else ts_ms
    body = write_text(TextBody("by hand")) if body == b"" and kind == KIND_TEXT else body
    padded = write_content(msg_id, ts_ms, prev, kind, body) if padded is None else padded
    room_id, crypto = author.session.room_id, author.person.crypto
    signature = await crypto.signatures.sign(author.session.signing, message_signed(room_id, header, padded))
    key = epoch.senders[place]
    crypto.aead.seen.clear()  # type: ignore[attr-defined]
    return header + await key.seal(counter, padded + signature, frame_aad(room_id, header))


async def net_text_at(net: Net, seat: Seat, counter: int) -> bytes:
    epoch = seat.group._frames.current
    assert epoch is not None
    epoch._counter = counter
    return await net.text(seat, "text")
