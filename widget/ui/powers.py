"""Facts of the list of people: who may do what about whom, in what order they stand.

My own role is "" while I am not in the room.
"""

from __future__ import annotations

from widget.model import Participant


def my_role(people: list[Participant]) -> str:
    for person in people:
        if person.is_me and is_in(person):
            return person.role
    return ""


def may_decide(mine: str, person: Participant) -> bool:
    """A host about all but hosts, a moderator about members only."""
    return (mine == "host" and not person.is_host) or (mine == "moderator" and person.role == "member")


def may_act(mine: str, person: Participant) -> bool:
    """Whoever is in the room can compare numbers with the others who are, and say which devices are their own."""
    if not is_in(person):
        return may_decide(mine, person)
    return mine != "" and (not person.is_me or person.acquaintance == "new")


def is_in(person: Participant) -> bool:
    return person.standing == "in"


def asking(people: list[Participant]) -> list[Participant]:
    """Who asks to come in, as far as I can let them in."""
    mine = my_role(people)
    return [person for person in people if person.standing == "waiting" and may_decide(mine, person)]


def rank(person: Participant) -> str:
    """Sorts who asks to come in, oneself, the host and those who are here before the others."""
    place = "2" if person.is_me else "3" if person.is_host else "4" if person.is_online else "5"
    if not is_in(person):
        place = "1" if person.standing == "waiting" else "6"
    return place + person.user_name.lower()
