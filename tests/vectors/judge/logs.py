"""What a log makes of events in the order in which they come. Same subset of Python as widget/."""

from __future__ import annotations

from typing import Any

from tests.vectors.judge.world import World, texts_of
from widget.crypto.event import check_event, event_id
from widget.room.entry import Entry
from widget.room.log import Log
from widget.wire.base16 import from_hex
from widget.wire.frame import read_content


async def keep(case: dict[str, Any], world: World) -> dict[str, Any]:
    """The ids that count, as people read them; how many wait, and how many contradictions showed late."""
    peers = [await world.peer(seat) for seat in texts_of(case, "authors")]
    log = Log(lambda: 0)
    for content in texts_of(case, "contents"):
        for event in read_content(from_hex(content)):
            for peer in peers:
                if peer.sid == event.author:
                    await check_event(world.crypto, event, peer)
                    log.place(Entry(event, await event_id(world.crypto, event), peer, 0, False))
    entries = [entry for author in log.chains for entry in log.chains[author].entries]
    waiting = sum([len(log.chains[author].waiting) for author in log.chains])
    ids = [entry.id for entry in sorted(entries, key=lambda entry: entry.place)]
    return {"ids": ids, "clock": log.clock, "waiting": waiting, "forks": len(log.forks)}
