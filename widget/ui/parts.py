"""Small pieces that several screens use: buttons, fields, a person's round, notices."""

from __future__ import annotations

from collections.abc import Sequence

from widget.model import RoomMetadata
from widget.ui.icons import icon, owl
from widget.ui.strings import isolated, say
from widget.ui.view import NO_ATTRIBUTES, Attributes, Handler, Node, click, h, listen

HUES = 8


def only_if(true: bool) -> str | None:
    """The value of an attribute that says "true" or is absent."""
    return "true" if true else None


def covered_if(true: bool) -> Attributes:
    """What lies under something else cannot be reached. Browsers of before 2022 do not know `inert`."""
    return {"inert": "" if true else None, "aria-hidden": only_if(true)}


def button(name: str, label: str, action: Handler, busy: bool = False) -> Node:
    """A button with words; a busy one keeps its size and cannot be pressed again."""
    classes, part = f"cw-button cw-{name}", f"button {name}"
    attrs = {"class": classes, "part": part, "type": "button", "aria-disabled": only_if(busy)}
    return h("button", attrs, [label], click(action))


def submit(label: str, busy: bool) -> Node:
    """The button that sends a form off."""
    words: list[Node | str] = [spin(), label] if busy else [label]
    classes, part = "cw-button cw-primary", "button primary"
    return h("button", {"class": classes, "part": part, "type": "submit", "aria-disabled": only_if(busy)}, words)


def icon_button(
    name: str,
    label: str,
    action: Handler,
    expanded: str | None = None,
    given: Attributes = NO_ATTRIBUTES,
    more: Sequence[Node] = (),
) -> Node:
    """A button that is an icon, or one and `more`; `expanded` is "true" or "false" for one that opens something."""
    size = "square" if len(more) == 0 else "count-button"
    attrs = {
        "class": f"cw-button cw-quiet cw-{size}",
        "part": "button quiet",
        "type": "button",
        "aria-label": label,
        "title": label,
        "aria-expanded": expanded,
        **given,
    }
    return h("button", attrs, [icon(name), *more], click(action))


def choice(kind: str, chosen: bool, name: str, lead: str, action: Handler) -> Node:
    """A radio button or a checkbox with its words."""
    words = [h("span", {"class": "cw-choice-name"}, [name])]
    if lead != "":
        words.append(h("span", {"class": "cw-sub"}, [lead]))
    attrs = {"type": kind, "name": f"cw-{kind}", "checked": "" if chosen else None}
    parts = [h("input", attrs, [], listen("input", action)), h("span", {}, words)]
    return h("label", {"class": f"cw-choice cw-{kind}"}, parts)


def field(name: str, label: str, note: str, attrs: Attributes, action: Handler, error: str = "") -> Node:
    """A labelled line of text; `note` stands beside the label, `error` below the field."""
    id_, error_id = f"cw-{name}", f"cw-{name}-error"
    wrong = error != ""
    state = {"aria-invalid": only_if(wrong), "aria-describedby": error_id if wrong else None}
    words: list[Node | str] = [label]
    if note != "":
        words.append(h("span", {"class": "cw-note"}, [note]))
    rows = [
        h("label", {"class": "cw-label", "for": id_}, words),
        text_input({"id": id_, "name": name, **state, **attrs}, action),
    ]
    return h("div", {}, [*rows, mistake(error, error_id)] if wrong else rows)


def search(label: str, query: str, action: Handler, attrs: Attributes) -> Node:
    """A field that filters what is shown below it."""
    named = {
        "type": "search", "aria-label": label, "placeholder": label, "value": query, "autocomplete": "off", **attrs
    }  # fmt: skip
    return text_input(named, action)


def text_input(attrs: Attributes, action: Handler) -> Node:
    """A line of text."""
    return h("input", {"class": "cw-input", "part": "field", **attrs}, [], listen("input", action))


def mistake(message: str, id_: str | None = None) -> Node:
    """What to put right, read out at once."""
    return h("p", {"class": "cw-mistake", "role": "alert", "id": id_}, [icon("alert"), h("span", {}, [message])])


def avatar(user_id: str, name: str) -> Node:
    """A round with the initials of a name, its colour from the id of a person or room."""
    attrs = {"class": f"cw-avatar cw-hue-{hue(user_id)}", "part": "avatar", "aria-hidden": "true"}
    return h("span", attrs, [initials(name)])


def initials(name: str) -> str:
    """Of the first word and the last: "AL" for Ada King Lovelace."""
    words = name.split(" ")
    last = words[-1][0:1] if len(words) > 1 else ""
    return (words[0][0:1] + last).upper()


def hue(user_id: str) -> int:
    """One of eight colours, always the same for a person."""
    total = 0
    for char in user_id:
        total = (total * 31 + ord(char)) % 65_521
    return total % HUES


def hush(title: str, lead: str, extra: Sequence[Node], role: str | None = None) -> Node:
    """The owl and a kind word where there is nothing to show yet."""
    words = [h("p", {"class": "cw-hush-title"}, [title]), h("p", {"class": "cw-lead"}, [lead])]
    return h("div", {"class": "cw-hush", "part": "empty", "role": role}, [owl(), *words, *extra])


def bar(title: Sequence[Node], ways: Sequence[Node]) -> Node:
    """The header of a screen: what it is, and where one can go from it."""
    parts = [h("div", {"class": "cw-bar-title"}, title), h("div", {"class": "cw-bar-ways"}, ways)]
    return h("header", {"class": "cw-bar", "part": "header"}, parts)


def room_name(room: RoomMetadata) -> str:
    return room.custom_name if room.custom_name != "" else say("Room without a name")


def around(sentence: str, value: Node, other: Node | None = None) -> list[Node | str]:
    """The sentence with the node in place of its {}, and the other in place of its {1}."""
    found: list[Node | str] = []
    for part in sentence.split("{}"):
        words = part.split("{1}")
        found += [value, words[0]]
        if other is not None and len(words) > 1:
            found += [other, words[1]]
    return found[1:]


def vouched(via: str) -> str:
    """Who vouches for somebody, where it is not their mail."""
    if via == "guest":
        return say("guest")
    return "" if via == "mail" else say("by the site {}", isolated(via.split(" ")[1]))


def spin() -> Node:
    return h("span", {"class": "cw-spin", "aria-hidden": "true"})


def loading(label: str) -> Node:
    """Work is under way."""
    parts = [spin(), h("p", {"class": "cw-lead"}, [label])]
    return h("div", {"class": "cw-hush", "role": "status", "key": "loading"}, parts)


def frame(parts: Sequence[Node], at: str = "") -> Node:
    """The whole widget, `at` a screen."""
    return h("section", {"class": "cw-app", "data-at": at, "aria-label": say("Chat")}, parts)


def problem(message: str) -> Node:
    """The whole widget, when it cannot start."""
    return frame([hush(say("The chat cannot start"), message, [], "alert")])
