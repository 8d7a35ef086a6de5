"""The people in a room: everybody who can read what I say, and who is on the way. A person's tabs are one."""

from __future__ import annotations

from widget.core.times import iso_time
from widget.crypto.session import PeerSession
from widget.model import LinkKind, Participant, Role
from widget.ports import Clock
from widget.room.neighbour import Neighbour

BETTER: str = "lost unreachable connecting through relayed turn direct"


def participants(
    clock: Clock, me: PeerSession, neighbours: list[Neighbour], members: list[PeerSession]
) -> list[Participant]:
    """Me first, then my neighbours in the order they came, then those of the `members` whom only others have met: who
    lets somebody in cannot hide it."""
    people: dict[str, Participant] = {
        me.sub: Participant(me.sub, me.name, iso_time(clock, me.iat_ms), True, "direct", True, _role(me))
    }
    rows = [
        _person(clock, neighbour)
        for neighbour in sorted(neighbours, key=_arrival)
        if neighbour.peer is not None or neighbour.is_listed
    ]
    met = [neighbour.sid for neighbour in neighbours if neighbour.peer is not None]
    rows.extend(_proved(clock, peer, "through") for peer in members if peer.sid not in met)
    for person in rows:
        known = people.get(person.user_id)
        people[person.user_id] = person if known is None else _joined(known, person)
    return list(people.values())


def _arrival(neighbour: Neighbour) -> int:
    return neighbour.member.joined_ms if neighbour.peer is None else neighbour.peer.iat_ms


def _person(clock: Clock, neighbour: Neighbour) -> Participant:
    """A verified peer by its own certificate; one on its way by what the service says, and not online yet."""
    member = neighbour.member
    if neighbour.peer is not None:
        return _proved(clock, neighbour.peer, neighbour.link)
    return Participant(member.sub, member.name, iso_time(clock, member.joined_ms), False, neighbour.link)


def _proved(clock: Clock, peer: PeerSession, link: LinkKind) -> Participant:
    return Participant(peer.sub, peer.name, iso_time(clock, peer.iat_ms), link != "lost", link, False, _role(peer))


def _role(peer: PeerSession) -> Role:
    return "host" if peer.is_host else "member"


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
        role=one.role if one.is_host else other.role,
    )
