"""Small pieces that several screens use: buttons, fields, a person's round, notices."""

from __future__ import annotations

from widget.ui.icons import icon, owl
from widget.ui.strings import say
from widget.ui.view import Handler, Node, h, line, text

HUES = 8


def button(name: str, label: str, action: Handler, busy: bool = False, key: str = "") -> Node:
    """A button with words; a busy one keeps its size and cannot be pressed again."""
    attrs = {"class": f"cw-button cw-{name}", "type": "button"}
    if busy:
        attrs["aria-disabled"] = "true"
    return h("button", attrs, [text(label)], {"click": action}, key)


def submit(label: str, busy: bool) -> Node:
    """The button that sends a form off."""
    attrs = {"class": "cw-button cw-primary", "type": "submit"}
    if busy:
        attrs["aria-disabled"] = "true"
        return h("button", attrs, [h("span", {"class": "cw-spin", "aria-hidden": "true"}, []), text(label)])
    return h("button", attrs, [text(label)])


def icon_button(name: str, label: str, action: Handler, pressed: str = "", key: str = "") -> Node:
    """A button that is only an icon; `pressed` is "true" or "false" for one that opens a panel."""
    attrs = {"class": "cw-button cw-quiet cw-square", "type": "button", "aria-label": label, "title": label}
    if pressed != "":
        attrs["aria-expanded"] = pressed
    return h("button", attrs, [icon(name)], {"click": action}, key)


def field(label: str, note: str, attrs: dict[str, str], action: Handler, error: str = "") -> Node:
    """A labelled line of text; `note` stands beside the label, `error` below the field."""
    name = attrs["name"]
    attrs["class"] = "cw-input"
    attrs["id"] = f"cw-{name}"
    if error != "":
        attrs["aria-invalid"] = "true"
        attrs["aria-describedby"] = f"cw-{name}-error"
    caption = [text(label)] + ([line("span", "note", note)] if note != "" else [])
    rows = [
        h("label", {"class": "cw-label", "for": f"cw-{name}"}, caption),
        h("input", attrs, [], {"input": action}, f"input-{name}"),
    ]
    if error != "":
        rows.append(mistake(error, f"cw-{name}-error"))
    return h("div", {"class": "cw-field"}, rows)


def mistake(message: str, id_: str) -> Node:
    """What to put right, read out at once."""
    return h("p", {"class": "cw-mistake", "role": "alert", "id": id_}, [icon("alert"), h("span", {}, [text(message)])])


def avatar(user_id: str, name: str) -> Node:
    """A round with the first letter of a name, its colour from the user id."""
    letter = name[0:1].upper()
    return h("span", {"class": f"cw-avatar cw-hue-{hue(user_id)}", "aria-hidden": "true"}, [text(letter)])


def hue(user_id: str) -> int:
    """One of eight colours, always the same for a person."""
    total = 0
    for char in user_id:
        total = (total * 31 + ord(char)) % 65_521
    return total % HUES


def hush(title: str, lead: str, extra: list[Node]) -> Node:
    """The owl and a kind word where there is nothing to show yet."""
    return h("div", {"class": "cw-hush"}, [owl(), line("p", "hush-title", title), line("p", "lead", lead), *extra])


def loading(label: str) -> Node:
    """Work is under way."""
    spin = h("span", {"class": "cw-spin", "aria-hidden": "true"}, [])
    return h("div", {"class": "cw-hush", "role": "status"}, [spin, line("p", "lead", label)], None, "loading")


def problem(message: str) -> Node:
    """The whole widget, when it cannot start."""
    title = line("p", "hush-title", say("The chat cannot start"))
    return h("div", {"class": "cw-hush", "role": "alert"}, [owl(), title, line("p", "lead", message)])
