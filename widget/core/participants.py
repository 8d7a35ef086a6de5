"""The people in a room: a person's tabs are one participant, and only what was proved counts as being there."""

from __future__ import annotations

from widget.core.pair import Pair
from widget.core.times import iso_time
from widget.crypto.session import PeerSession
from widget.model import LinkKind, Participant

RANKS: dict[str, int] = {"lost": 0, "connecting": 1, "relayed": 2, "direct": 3}


def participants(me: PeerSession, pairs: list[Pair]) -> list[Participant]:
    """Me first, then the others in the order they came."""
    people: dict[str, Participant] = {me.sub: _myself(me)}
    for pair in sorted(pairs, key=_arrival):
        if pair.peer is None and not pair.is_listed:
            continue
        person = _person(pair)
        known = people.get(person.user_id)
        people[person.user_id] = person if known is None else _joined(known, person)
    return list(people.values())


def _arrival(pair: Pair) -> int:
    return pair.member.joined_ms if pair.peer is None else pair.peer.iat_ms


def _myself(me: PeerSession) -> Participant:
    return Participant(
        user_id=me.sub,
        user_name=me.name,
        joined_at=iso_time(me.iat_ms),
        is_online=True,
        link="direct",
        is_me=True,
        is_host=me.is_host,
    )


def _person(pair: Pair) -> Participant:
    """A verified peer by its own certificate; one on its way by what the service says, and not online yet."""
    peer = pair.peer
    return Participant(
        user_id=pair.member.sub if peer is None else peer.sub,
        user_name=pair.member.name if peer is None else peer.name,
        joined_at=iso_time(_arrival(pair)),
        is_online=peer is not None and pair.link != "lost",
        link=pair.link,
        is_me=False,
        is_host=peer is not None and peer.is_host,
    )


def _joined(one: Participant, other: Participant) -> Participant:
    """Two sessions of one person; the proved one names them, the better link is theirs."""
    proved = one if one.is_online or not other.is_online else other
    return Participant(
        user_id=one.user_id,
        user_name=proved.user_name,
        joined_at=one.joined_at,
        is_online=one.is_online or other.is_online,
        link=_better(one.link, other.link),
        is_me=one.is_me,
        is_host=one.is_host or other.is_host,
    )


def _better(one: LinkKind, other: LinkKind) -> LinkKind:
    return one if RANKS[one] >= RANKS[other] else other
