"""Who is in the room."""

from __future__ import annotations

from widget.model import Participant
from widget.ui.connection_badge import WORDS
from widget.ui.parts import avatar, icon_button
from widget.ui.strings import say
from widget.ui.view import Handler, Node, h, line, text


def participants(people: list[Participant], close: Handler) -> Node:
    """The panel with everyone: oneself first, then the host, then by name."""
    title = h("h3", {"class": "cw-panel-title", "tabindex": "-1", "autofocus": ""}, [text(say("People"))])
    bar = h("div", {"class": "cw-panel-bar"}, [title, icon_button("close", say("Close"), close)])
    rows = [person_row(person) for person in sorted(people, key=rank)]
    listing = h("ul", {"class": "cw-people"}, rows)
    return h("aside", {"class": "cw-panel", "aria-label": say("People")}, [bar, listing], None, "people")


def rank(person: Participant) -> str:
    """Sorts oneself, the host and those who are here before the others."""
    place = "0" if person.is_me else "1" if person.is_host else "2" if person.is_online else "3"
    return place + person.user_name.lower()


def person_row(person: Participant) -> Node:
    name = [h("bdi", {"class": "cw-person-name"}, [text(person.user_name)])]
    name += [line("span", "tag", tag) for tag, yes in tags(person) if yes]
    words = [h("span", {"class": "cw-person-line"}, name)]
    if not person.is_me:
        kind = person.link if person.is_online else "lost"
        words.append(h("span", {"class": f"cw-sub cw-link-{kind}"}, [text(say(WORDS[kind]))]))
    attrs = {"class": "cw-person" if person.is_online else "cw-person cw-away"}
    return h("li", attrs, [avatar(person.user_id, person.user_name), h("span", {}, words)], None, person.user_id)


def tags(person: Participant) -> list[tuple[str, bool]]:
    return [(say("you"), person.is_me), (say("host"), person.is_host)]
