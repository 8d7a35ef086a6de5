"""The people in a room: a person's tabs are one participant, and only what was proved counts as being there."""

from __future__ import annotations

from widget.core.times import iso_time
from widget.crypto.session import PeerSession
from widget.model import Participant
from widget.ports import Clock
from widget.room.neighbour import Neighbour

BETTER: str = "lost unreachable connecting relayed turn direct"


def participants(clock: Clock, me: PeerSession, neighbours: list[Neighbour]) -> list[Participant]:
    """Me first, then the others in the order they came."""
    people: dict[str, Participant] = {
        me.sub: Participant(me.sub, me.name, iso_time(clock, me.iat_ms), True, "direct", True, me.is_host)
    }
    for neighbour in sorted(neighbours, key=_arrival):
        if neighbour.peer is not None or neighbour.is_listed:
            person = _person(clock, neighbour)
            known = people.get(person.user_id)
            people[person.user_id] = person if known is None else _joined(known, person)
    return list(people.values())


def _arrival(neighbour: Neighbour) -> int:
    return neighbour.member.joined_ms if neighbour.peer is None else neighbour.peer.iat_ms


def _person(clock: Clock, neighbour: Neighbour) -> Participant:
    """A verified peer by its own certificate; one on its way by what the service says, and not online yet."""
    peer = neighbour.peer
    member = neighbour.member
    at = iso_time(clock, _arrival(neighbour))
    if peer is None:
        return Participant(member.sub, member.name, at, False, neighbour.link)
    return Participant(peer.sub, peer.name, at, neighbour.link != "lost", neighbour.link, False, peer.is_host)


def _joined(one: Participant, other: Participant) -> Participant:
    """Two sessions of one person; the proved one names them, the better link is theirs."""
    proved = one if one.is_online or not other.is_online else other
    better = one if BETTER.find(one.link) >= BETTER.find(other.link) else other
    return Participant(
        user_id=one.user_id,
        user_name=proved.user_name,
        joined_at=one.joined_at,
        is_online=proved.is_online,
        link=better.link,
        is_me=one.is_me,
        is_host=one.is_host or other.is_host,
    )
