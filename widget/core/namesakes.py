"""People of one name, and what tells them apart."""

from __future__ import annotations

from widget.model import Participant
from widget.wire.names import alike

DIGITS = 4


def namesakes(people: list[Participant]) -> dict[str, str]:
    """The first digits of the user id, by user id, of those who would be taken for each other."""
    names = [alike(person.user_name) for person in people]
    return {
        person.user_id: person.user_id[0:DIGITS]
        for person in people
        if person.user_name != "" and names.count(alike(person.user_name)) > 1
    }
