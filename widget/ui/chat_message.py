"""One line of the conversation."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.model import ChatMessage, EmoteData, Flag
from widget.ui.icons import icon
from widget.ui.parts import avatar
from widget.ui.strings import say
from widget.ui.tokens import Token, tokenize
from widget.ui.view import Handler, Node, h, line, text

FLAG_TEXTS: dict[Flag, str] = {
    "missing": "Messages before this one are missing",
    "equivocation": "The sender told others something else",
    "clock": "The sender's clock is off",
}


@dataclass(frozen=True)
class Look:
    """What a message needs besides itself: its clock time, the emotes and people it may name."""

    time: str
    first: bool
    emotes: dict[str, EmoteData] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


def chat_message(message: ChatMessage, look: Look, again: Handler) -> Node:
    """A message, or a system line; `again` sends a failed one once more."""
    if message.type != "message":
        return h("div", {"class": "cw-system"}, [h("span", {"dir": "auto"}, [text(message.content)])], None, message.id)
    side = "mine" if message.mine else "theirs"
    parts: list[Node] = []
    if look.first and not message.mine:
        parts.append(avatar(message.sender_id, message.sender_name))
    body: list[Node] = []
    if look.first:
        body.append(head(message, look.time))
    body.append(bubble(message, look))
    body += [flag(name) for name in message.flags]
    if message.delivery == "failed":
        body.append(failed(again))
    parts.append(h("div", {"class": "cw-said"}, body))
    first = " cw-first" if look.first else ""
    return h("article", {"class": f"cw-message cw-{side}{first}"}, parts, None, message.id)


def head(message: ChatMessage, time: str) -> Node:
    """Who and when; one's own name is left to screen readers."""
    name = h("bdi", {"class": "cw-hidden" if message.mine else "cw-name"}, [text(message.sender_name)])
    return h("p", {"class": "cw-head"}, [name, h("time", {"datetime": message.timestamp}, [text(time)])])


def bubble(message: ChatMessage, look: Look) -> Node:
    known = [look.emotes[name].name for name in message.emote_ids if name in look.emotes]
    by_name = {emote.name: emote for emote in look.emotes.values()}
    tokens = tokenize(message.content, known, look.names)
    only = len(tokens) > 0 and all(token.kind == "emote" or token.text.strip() == "" for token in tokens)
    parts = [h("span", {}, [token_node(token, by_name) for token in tokens])]
    if message.mine and message.delivery != "failed":
        parts.append(mark(message.delivery))
    return h("p", {"class": "cw-bubble cw-large" if only else "cw-bubble", "dir": "auto"}, parts)


def token_node(token: Token, emotes: dict[str, EmoteData]) -> Node:
    """Text stays text; only links we checked become links, only emotes of the room pictures."""
    if token.kind == "link":
        rel = {"href": token.text, "target": "_blank", "rel": "noopener noreferrer nofollow ugc", "class": "cw-link"}
        return h("a", rel, [text(token.text)])
    if token.kind == "mention":
        return line("span", "mention", token.text)
    if token.kind == "emote" and token.text in emotes:
        return emote_image(emotes[token.text])
    return text(token.text)


def emote_image(emote: EmoteData) -> Node:
    """An emote in a box of fixed height, so that nothing moves when it loads."""
    return h(
        "img",
        {
            "class": "cw-emote", "src": emote.url, "alt": emote.name, "title": emote.name, "loading": "lazy",
            "referrerpolicy": "no-referrer", "width": str(emote.width), "height": str(emote.height),
        },
        [],
    )  # fmt: skip


def mark(delivery: str) -> Node:
    """A small clock or tick at the end of one's own message."""
    name = "sending" if delivery == "sending" else "sent"
    words = line("span", "hidden", say("Sending") if name == "sending" else say("Sent"))
    return h("span", {"class": f"cw-mark cw-mark-{name}"}, [icon("clock" if name == "sending" else "check"), words])


def failed(again: Handler) -> Node:
    action = h("button", {"class": "cw-again", "type": "button"}, [text(say("Send again"))], {"click": again})
    return h("p", {"class": "cw-flag cw-bad"}, [icon("alert"), text(say("Not sent")), action])


def flag(name: Flag) -> Node:
    """Why a message deserves a second look."""
    return h("p", {"class": "cw-flag"}, [icon("alert"), text(say(FLAG_TEXTS[name]))])
