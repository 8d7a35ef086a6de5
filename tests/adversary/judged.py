"""What holds in a room of honest people at last, whatever others did."""

from __future__ import annotations

from tests.fakes.world import Someone, World
from widget.native.drops import drops_of


def roster(someone: Someone) -> set[str]:
    group = someone.stay.peers.group
    return {peer.name for peer in (group.member(sid) for sid in group.roster) if peer is not None}


def listed(someone: Someone) -> set[str]:
    return {person.user_name for person in someone.chat.get_state().participants if person.standing == "in"}


async def agree(world: World, honest: list[Someone], said: list[str]) -> None:
    """One epoch, one log, one screen; everything was heard once, by everybody."""
    groups = [someone.stay.peers.group for someone in honest]
    assert len({group.kid for group in groups}) == 1
    assert all({one.name for one in honest} <= roster(someone) for someone in honest)
    for someone in honest:
        lines = [text for text in someone.texts if text in said]
        assert sorted(lines) == sorted(said)
    # Her own lines may differ: who leaves out numbers parts the screens as to herself (SECURITY.md, known limits).
    assert len({tuple(text for text in someone.texts if text in said) for someone in honest}) == 1
    assert not any("not mine" in someone.texts for someone in honest)
    assert all(len(drops_of(someone.chat)) <= 128 for someone in honest)
    await world.close()
