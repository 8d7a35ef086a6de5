"""The people in a room: everybody who can read what I say, and who is on the way. A person's tabs are one."""

from __future__ import annotations

from dataclasses import replace

from widget.core.times import iso_time
from widget.crypto.session import PeerSession
from widget.model import LinkKind, Participant
from widget.ports import Clock
from widget.room.acquaintances import Acquaintances
from widget.room.neighbour import Neighbour
from widget.room.rulings import Rulings

BETTER: str = "lost unreachable connecting through relayed turn direct"


def participants(
    clock: Clock,
    me: PeerSession,
    neighbours: list[Neighbour],
    members: list[PeerSession],
    unseen: list[PeerSession],
    rulings: Rulings,
    acquaintances: Acquaintances,
) -> list[Participant]:
    """Me first, then my neighbours in the order they came, then those of the `members` whom only others have met: who
    lets somebody in cannot hide it. Then the `unseen`, who can read and are said to be gone: nor can the service. Who
    was removed comes last, for those who can undo it."""
    role, standing = rulings.role(me), rulings.standing(me)
    since = iso_time(clock, me.iat_ms)
    people: dict[str, Participant] = {
        me.sub: Participant(me.sub, me.name, since, True, "direct", True, role, standing, "met", me.via)
    }
    rows: list[Participant] = []
    for neighbour in sorted(neighbours, key=_arrival):
        peer = neighbour.peer
        if peer is not None:
            rows.append(_proved(clock, peer, neighbour.link, rulings, me))
        elif neighbour.is_listed:
            member = neighbour.member
            rows.append(
                Participant(member.sub, member.name, iso_time(clock, member.joined_ms), False, neighbour.link)
            )
    met = [neighbour.sid for neighbour in neighbours if neighbour.peer is not None]
    rows.extend(_proved(clock, peer, "through", rulings, me) for peer in members if peer.sid not in met)
    rows.extend(_proved(clock, peer, "lost", rulings, me) for peer in unseen if peer.sid not in met)
    for person in rows:
        if person.standing != "removed":
            known = people.get(person.user_id)
            people[person.user_id] = person if known is None else _joined(known, person)
    for sub, devices in sessions_of([*members, *unseen]).items():
        if sub in people:
            people[sub] = replace(people[sub], acquaintance=acquaintances.of(devices))
    return [*people.values(), *(_removed(rulings, people) if role != "member" else [])]


def sessions_of(members: list[PeerSession]) -> dict[str, list[PeerSession]]:
    """By person."""
    found: dict[str, list[PeerSession]] = {}
    for peer in members:
        found[peer.sub] = [*found.get(peer.sub, []), peer]
    return found


def _removed(rulings: Rulings, people: dict[str, Participant]) -> list[Participant]:
    """Who is not back."""
    return [
        Participant(sub, removals[-1].decision.name, "", False, "lost", False, "member", "removed")
        for sub, removals in rulings.removals.items()
        if sub not in people
    ]


def _arrival(neighbour: Neighbour) -> int:
    return neighbour.member.joined_ms if neighbour.peer is None else neighbour.peer.iat_ms


def _proved(clock: Clock, peer: PeerSession, link: LinkKind, rulings: Rulings, me: PeerSession) -> Participant:
    """A guest on my device, and whoever they become there, is me."""
    sub = me.sub if "guest" in (peer.via, me.via) and peer.jkt == me.jkt else peer.sub
    joined_at = iso_time(clock, peer.iat_ms)
    role, standing = rulings.role(peer), rulings.standing(peer)
    return Participant(sub, peer.name, joined_at, link != "lost", link, False, role, standing, "met", peer.via)


def _joined(one: Participant, other: Participant) -> Participant:
    """Two sessions of one person; the proved one names them, the better link is theirs; my role is this session's."""
    proved = one if one.is_online or not other.is_online else other
    better = one if BETTER.find(one.link) >= BETTER.find(other.link) else other
    return Participant(
        user_id=one.user_id,
        user_name=proved.user_name,
        joined_at=one.joined_at,
        is_online=proved.is_online,
        link=better.link,
        is_me=one.is_me,
        role=one.role if one.is_host or one.is_me else other.role,
        standing=one.standing if one.standing == "in" else other.standing,
        via=proved.via,
    )
