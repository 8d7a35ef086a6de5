"""One line of the conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from widget.model import ChatMessage, EmoteData, Flag
from widget.ui.code import code_node
from widget.ui.emoji import MOST_LARGE, is_picture
from widget.ui.emote_stack import emote_stack
from widget.ui.icons import icon
from widget.ui.parts import around, avatar
from widget.ui.play import Plays
from widget.ui.strings import say
from widget.ui.tokens import Token, tokenize
from widget.ui.view import Handler, Node, UiEvent, click, h, listen

FLAG_TEXTS: dict[Flag, str] = {
    "late": "Came late",
    "clock": "The sender's clock is off",
}

DOTS = "\u22ef"  # no icon: a text is drawn sooner, and each message has it
FOLD_CHARS = 1500
FOLD_LINES = 20
INLINE_PX = 28  # how high emotes are in a text, and alone
LARGE_PX = 48
MARKS: dict[str, str] = {"sending": "Sending", "sent": "Sent", "delivered": "Delivered"}


@dataclass(frozen=True)
class Shown:
    """How a message is drawn: its `time`, whether it is the `first` of a group, whether a long one is `unfolded`,
    whether Tab comes to its menu (`tab_stop`), what it may name: `emotes` by id, and `names` of people; and a `note`
    that tells its author from others of that name."""

    time: str
    first: bool
    unfolded: bool
    tab_stop: bool
    emotes: dict[str, list[EmoteData]]
    names: list[str]
    plays: Plays
    note: str = ""


@dataclass(frozen=True)
class Ways:
    """What its buttons do: send it `again`, `unfold` it, open the menu with `more`; `about` hears of its emotes, each
    in the place that is told."""

    again: Handler
    unfold: Handler
    more: Handler
    about: Callable[[UiEvent, int, list[EmoteData]], None]


def chat_message(message: ChatMessage, shown: Shown, ways: Ways) -> Node:
    """A message, or a system line."""
    if message.type != "message":
        words = around(say(message.sentence), named(message.sender_name), named(message.whom))
        return h("div", {"class": "cw-system"}, [h("span", {}, words)])
    folded = is_long(message.content) and not shown.unfolded
    body = [bubble(message, shown, ways, folded)]
    if folded:
        body.append(h("button", {"class": "cw-again", "type": "button"}, [say("Show all")], click(ways.unfold)))
    body += [flag(say(FLAG_TEXTS[name])) for name in message.flags]
    if message.delivery == "failed":
        body.append(failed(ways.again))
    elif message.delivery == "unheard":
        body.append(flag(say("Nobody here yet")))
    classes = "cw-message cw-mine" if message.mine else "cw-message cw-theirs"
    parts: list[Node] = []
    if shown.first:
        classes += " cw-first"
        body = [head(message, shown), *body]
        if not message.mine:
            parts = [avatar(message.sender_id, message.sender_name)]
    author = message.sender_name if shown.note == "" else f"{message.sender_name} {shown.note}"
    spoken = f"{author}, {shown.time}"
    said = [*parts, h("div", {"class": "cw-said"}, body), more(message, spoken, shown, ways)]
    return h("article", {"class": classes, "part": "message", "aria-label": spoken, "data-time": shown.time}, said)


def named(name: str) -> Node:
    return h("bdi", {}, [name])


def more(message: ChatMessage, spoken: str, shown: Shown, ways: Ways) -> Node:
    """The button of its menu. Arrows lead from one to the next: Tab does not stop at each."""
    label = say("Message of {}", spoken)
    attrs = {
        "class": "cw-button cw-quiet cw-square cw-message-more",
        "id": more_id(message),
        "type": "button",
        "aria-label": label,
        "aria-haspopup": "menu",
        "tabindex": "0" if shown.tab_stop else "-1",
    }
    return h("button", attrs, [DOTS], listen("click keydown", ways.more))


def more_id(message: ChatMessage) -> str:
    return f"cw-more-{message.id}"


def is_long(content: str) -> bool:
    return len(content) > FOLD_CHARS or content.count("\n") > FOLD_LINES


def head(message: ChatMessage, shown: Shown) -> Node:
    """Who and when; one's own name is left to screen readers."""
    classes = "cw-hidden" if message.mine else "cw-name"
    parts = [h("bdi", {"class": classes, "part": "name"}, [message.sender_name])]
    if shown.note != "" and not message.mine:
        parts.append(h("span", {"class": "cw-note"}, [shown.note]))
    return h("p", {"class": "cw-head"}, [*parts, h("time", {"datetime": message.timestamp}, [shown.time])])


def bubble(message: ChatMessage, shown: Shown, ways: Ways, folded: bool) -> Node:
    ids = [*message.emote_ids, *message.custom_emoji_ids]
    used = {emote.name: emote for each in ids for emote in shown.emotes.get(each, [])}
    widths = {name: emote.zero_width for name, emote in used.items()}
    tokens = tokenize(message.content, widths, shown.names)
    only = 0 < len(tokens) < 2 * MOST_LARGE and all(is_picture(token.kind, token.text) for token in tokens)
    parts: list[Node | str] = []
    emotes = 0
    for token in tokens:
        if token.kind == "emote":
            parts.append(emote_node(message, shown, ways, token, [used[name] for name in token.emotes], emotes, only))
            emotes += 1
        else:
            parts.append(token_node(token))
    if message.mine:
        parts = [h("span", {}, parts)]
        if message.delivery in MARKS:
            parts.append(mark(message.delivery))
    look = " cw-large" if only else " cw-folded" if folded else ""
    part = "bubble mine" if message.mine else "bubble"
    return h("p", {"class": "cw-bubble" + look, "part": part, "dir": "auto"}, parts)


def token_node(token: Token) -> Node | str:
    """Text stays text; only links we checked become links."""
    if token.kind == "link":
        safely = "noopener noreferrer nofollow ugc"
        return h("a", {"class": "cw-link", "href": token.text, "target": "_blank", "rel": safely}, [token.text])
    if token.kind == "code" or token.kind == "codeblock":
        return code_node(token)
    return h("span", {"class": "cw-mention"}, [token.text]) if token.kind == "mention" else token.text


def emote_node(
    message: ChatMessage, shown: Shown, ways: Ways, token: Token, emotes: list[EmoteData], place: int, large: bool
) -> Node:
    """Only emotes of the room are pictures. Arrows lead from the menu's button to them."""

    def about(event: UiEvent) -> None:
        ways.about(event, place, emotes)

    attrs = {"id": emote_id(message, place), "tabindex": "0" if shown.tab_stop else "-1"}
    return emote_stack(token.text, emotes, LARGE_PX if large else INLINE_PX, shown.plays, attrs, about)


def emote_id(message: ChatMessage, place: int) -> str:
    return f"cw-emote-{message.id}-{place}"


def mark(delivery: str) -> Node:
    """A small clock, a tick or two at the end of one's own message."""
    return h("span", {"class": "cw-mark"}, [icon(delivery), h("span", {"class": "cw-hidden"}, [say(MARKS[delivery])])])


def failed(again: Handler) -> Node:
    action = h("button", {"class": "cw-again", "type": "button"}, [say("Send again")], click(again))
    return h("p", {"class": "cw-flag cw-bad"}, [icon("alert"), say("Not sent"), action])


def flag(words: str) -> Node:
    """Why a message deserves a second look."""
    return h("p", {"class": "cw-flag"}, [icon("alert"), words])
