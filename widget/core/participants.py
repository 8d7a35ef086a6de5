"""The people in a room: a person's tabs are one participant, and only what was proved counts as being there."""

from __future__ import annotations

from widget.core.pair import Pair
from widget.core.times import iso_time
from widget.crypto.session import PeerSession
from widget.model import Participant
from widget.ports import Clock

BETTER: str = "lost connecting relayed direct"


def participants(clock: Clock, me: PeerSession, pairs: list[Pair]) -> list[Participant]:
    """Me first, then the others in the order they came."""
    people: dict[str, Participant] = {
        me.sub: Participant(me.sub, me.name, iso_time(clock, me.iat_ms), True, "direct", True, me.is_host)
    }
    for pair in sorted(pairs, key=_arrival):
        if pair.peer is not None or pair.is_listed:
            person = _person(clock, pair)
            known = people.get(person.user_id)
            people[person.user_id] = person if known is None else _joined(known, person)
    return list(people.values())


def _arrival(pair: Pair) -> int:
    return pair.member.joined_ms if pair.peer is None else pair.peer.iat_ms


def _person(clock: Clock, pair: Pair) -> Participant:
    """A verified peer by its own certificate; one on its way by what the service says, and not online yet."""
    peer = pair.peer
    member = pair.member
    at = iso_time(clock, _arrival(pair))
    if peer is None:
        return Participant(member.sub, member.name, at, False, pair.link)
    return Participant(peer.sub, peer.name, at, pair.link != "lost", pair.link, False, peer.is_host)


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
