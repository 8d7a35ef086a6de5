"""One line of the conversation."""

from __future__ import annotations

from widget.model import ChatMessage, EmoteData, Flag
from widget.ui.icons import icon
from widget.ui.parts import avatar
from widget.ui.strings import say
from widget.ui.tokens import Token, tokenize
from widget.ui.view import Handler, Node, click, h

FLAG_TEXTS: dict[Flag, str] = {
    "late": "Came late",
    "clock": "The sender's clock is off",
}

MARKS: dict[str, str] = {"sending": "Sending", "sent": "Sent", "delivered": "Delivered"}


def chat_message(
    message: ChatMessage, time: str, emotes: dict[str, EmoteData], names: list[str], again: Handler
) -> Node:
    """A message, or a system line. The first of a group shows its `time`; `again` sends a failed one once more.

    `emotes`, by id, and `names` of people are what it may name.
    """
    if message.type != "message":
        return h("div", {"class": "cw-system", "key": message.id}, [h("span", {"dir": "auto"}, [message.content])])
    body = [bubble(message, emotes, names), *[flag(say(FLAG_TEXTS[name])) for name in message.flags]]
    if message.delivery == "failed":
        body.append(failed(again))
    elif message.delivery == "unheard":
        body.append(flag(say("Nobody here yet")))
    classes = "cw-message cw-mine" if message.mine else "cw-message cw-theirs"
    parts: list[Node] = []
    if time != "":
        classes += " cw-first"
        body = [head(message, time), *body]
        if not message.mine:
            parts = [avatar(message.sender_id, message.sender_name)]
    return h("article", {"class": classes, "key": message.id}, [*parts, h("div", {"class": "cw-said"}, body)])


def head(message: ChatMessage, time: str) -> Node:
    """Who and when; one's own name is left to screen readers."""
    name = h("bdi", {"class": "cw-hidden" if message.mine else "cw-name"}, [message.sender_name])
    return h("p", {"class": "cw-head"}, [name, h("time", {"datetime": message.timestamp}, [time])])


def bubble(message: ChatMessage, emotes: dict[str, EmoteData], names: list[str]) -> Node:
    used = {emotes[name].name: emotes[name] for name in message.emote_ids if name in emotes}
    tokens = tokenize(message.content, list(used), names)
    only = len(tokens) > 0 and all(token.kind == "emote" or token.text.strip() == "" for token in tokens)
    parts = [h("span", {}, [token_node(token, used) for token in tokens])]
    if message.mine and message.delivery in MARKS:
        parts.append(mark(message.delivery))
    return h("p", {"class": "cw-bubble cw-large" if only else "cw-bubble", "dir": "auto"}, parts)


def token_node(token: Token, emotes: dict[str, EmoteData]) -> Node | str:
    """Text stays text; only links we checked become links, only emotes of the room pictures."""
    if token.kind == "link":
        attrs = {"href": token.text, "target": "_blank", "rel": "noopener noreferrer nofollow ugc"}
        return h("a", {"class": "cw-link", **attrs}, [token.text])
    if token.kind == "mention":
        return h("span", {"class": "cw-mention"}, [token.text])
    return emote_image(emotes[token.text]) if token.kind == "emote" else token.text


def emote_image(emote: EmoteData) -> Node:
    """An emote in a box of fixed height, so that nothing moves when it loads."""
    attrs = {
        "src": emote.url,
        "alt": emote.name,
        "title": emote.name,
        "loading": "lazy",
        "referrerpolicy": "no-referrer",
        "width": str(emote.width),
        "height": str(emote.height),
    }
    return h("img", {"class": "cw-emote", **attrs})


def mark(delivery: str) -> Node:
    """A small clock, a tick or two at the end of one's own message."""
    return h("span", {"class": "cw-mark"}, [icon(delivery), h("span", {"class": "cw-hidden"}, [say(MARKS[delivery])])])


def failed(again: Handler) -> Node:
    action = h("button", {"class": "cw-again", "type": "button"}, [say("Send again")], click(again))
    return h("p", {"class": "cw-flag cw-bad"}, [icon("alert"), say("Not sent"), action])


def flag(words: str) -> Node:
    """Why a message deserves a second look."""
    return h("p", {"class": "cw-flag"}, [icon("alert"), words])
