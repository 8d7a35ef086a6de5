"""What a member makes of the epochs and frames that arrive. Same subset of Python as widget/."""

from __future__ import annotations

from typing import Any

from tests.vectors.judge.world import Undecided, World, bytes_of, text_of, texts_of, time_of
from widget.crypto.event import event_id
from widget.crypto.group import Group
from widget.errors import CwError
from widget.wire.fields import int_field, objects_field


async def meet(case: dict[str, Any], world: World) -> dict[str, Any]:
    """Whom the vector names is met; then blobs and frames come, each at its time. CwError for the first drop."""
    at = text_of(case, "at")
    session = await world.session(at)
    credentials = await world.credentials(session, world.room_of(at))
    group = Group(world.crypto, session, credentials, Undecided(texts_of(case, "out")), world.now_ms)
    for seat in texts_of(case, "met"):
        await group.admit(await world.peer(seat), world.now_ms)
    for seat in texts_of(case, "heard_of"):
        group.know(await world.peer(seat))
    for seat in texts_of(case, "expelled"):
        group.gone((await world.peer(seat)).sid, world.now_ms, True)
    ids: list[str] = []
    for step in objects_field(case, "steps", 100):
        for _ in range(int_field(step, "times", 1, 1000)):
            ids += await _take(group, step, world)
    return {"kid": group.kid, "roster": group.roster, "code": group.room_code(), "ids": ids}


async def _take(group: Group, step: dict[str, Any], world: World) -> list[str]:
    """The ids of the events in a frame."""
    sid, data = (await world.peer(text_of(step, "from"))).sid, bytes_of(step, "data")
    now_ms = world.now_ms + time_of(step, "after")
    before = dict(group.drops)
    ids: list[str] = []
    if text_of(step, "is") == "frame":
        group.ask(sid, int_field(step, "asked", 0, 1000))
        opened = await group.open(data, sid, now_ms)
        if opened is not None:
            for event in opened.events:
                ids.append(await event_id(world.crypto, event))
    elif text_of(step, "is") == "tick":
        await group.tick(now_ms)
    else:
        await group.receive(sid, data, now_ms)
    for reason in group.drops:
        if group.drops[reason] > before.get(reason, 0):
            raise CwError(reason)
    return ids
