"""Frames made by hand, delivered, and the reason why one was dropped."""

from __future__ import annotations

from tests.fakes.crypto import watched_crypto
from tests.fakes.net import Net
from tests.fakes.people import Seat, make_room, sign_in, sit
from tests.fakes.realm import Realm
from widget.crypto.limits import REKEY_INTERVAL_MS
from widget.crypto.opened import OpenedFrame
from widget.wire.event import Event
from widget.wire.frame import TYPE_NEWS, frame_aad, write_content, write_header

Room = tuple[Net, Seat, Seat]
SLOW_MS = 200
FULL_MS = 10_000  # a neighbour's budget: 300 frames, of which it gets back 30 a second
EACH_MS = 34  # what one of them costs, rounded up
AT_ONCE = 294  # so many fit into it


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
    events: list[Event],
    index: int | None = None,
    counter: int = 0,
    padded: bytes | None = None,
    frame_type: int = TYPE_NEWS,
) -> bytes:
    """A frame made by hand with every key the author has: `index` may be somebody else's."""
    epoch = author.group._keyring.frames.current
    assert epoch is not None
    place = epoch.my_index if index is None else index
    header = write_header(frame_type, epoch.kid_bytes, place, counter)
    content = write_content(events) if padded is None else padded
    author.person.crypto.aead.seen.clear()  # type: ignore[attr-defined]
    return header + await epoch.senders[place].seal(counter, content, frame_aad(author.session.room_id, header))
