"""Who is in the room."""

from __future__ import annotations

from widget.model import Participant
from widget.ui.connection_badge import WORDS
from widget.ui.parts import avatar, icon_button
from widget.ui.strings import say
from widget.ui.view import Handler, Node


def participants(people: list[Participant], close: Handler) -> Node:
    """The panel with everyone: oneself first, then the host, then by name."""
    title = Node("h3", "cw-panel-title", [say("People")], ["tabindex", "-1", "autofocus", ""])
    bar = Node("div", "cw-panel-bar", [title, icon_button("close", say("Close"), close)])
    listing = Node("ul", "cw-people", [person_row(person) for person in sorted(people, key=rank)])
    return Node("aside", "cw-panel", [bar, listing], ["aria-label", say("People")], "people")


def rank(person: Participant) -> str:
    """Sorts oneself, the host and those who are here before the others."""
    place = "0" if person.is_me else "1" if person.is_host else "2" if person.is_online else "3"
    return place + person.user_name.lower()


def person_row(person: Participant) -> Node:
    name = [Node("bdi", "cw-person-name", [person.user_name])]
    if person.is_me:
        name.append(tag(say("you")))
    if person.is_host:
        name.append(tag(say("host")))
    words = [Node("span", "cw-person-line", name)]
    if not person.is_me:
        words.append(Node("span", "cw-sub", [say(WORDS[person.link])]))
    classes = "cw-person" if person.is_online else "cw-person cw-away"
    return Node("li", classes, [avatar(person.user_id, person.user_name), Node("span", "", words)], [], person.user_id)


def tag(word: str) -> Node:
    return Node("span", "cw-tag", [word])
