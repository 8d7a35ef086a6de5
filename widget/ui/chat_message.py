"""One line of the conversation."""

from __future__ import annotations

from widget.model import ChatMessage, EmoteData, Flag
from widget.ui.icons import icon
from widget.ui.parts import avatar
from widget.ui.strings import say
from widget.ui.tokens import Token, tokenize
from widget.ui.view import Handler, Node

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
        return Node("div", "cw-system", [Node("span", "", [message.content], ["dir", "auto"])], [], message.id)
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
    return Node("article", classes, [*parts, Node("div", "cw-said", body)], [], message.id)


def head(message: ChatMessage, time: str) -> Node:
    """Who and when; one's own name is left to screen readers."""
    name = Node("bdi", "cw-hidden" if message.mine else "cw-name", [message.sender_name])
    return Node("p", "cw-head", [name, Node("time", "", [time], ["datetime", message.timestamp])])


def bubble(message: ChatMessage, emotes: dict[str, EmoteData], names: list[str]) -> Node:
    used = {emotes[name].name: emotes[name] for name in message.emote_ids if name in emotes}
    tokens = tokenize(message.content, list(used), names)
    only = len(tokens) > 0 and all(token.kind == "emote" or token.text.strip() == "" for token in tokens)
    parts = [Node("span", "", [token_node(token, used) for token in tokens])]
    if message.mine and message.delivery in MARKS:
        parts.append(mark(message.delivery))
    return Node("p", "cw-bubble cw-large" if only else "cw-bubble", parts, ["dir", "auto"])


def token_node(token: Token, emotes: dict[str, EmoteData]) -> Node | str:
    """Text stays text; only links we checked become links, only emotes of the room pictures."""
    if token.kind == "link":
        attrs = ["href", token.text, "target", "_blank", "rel", "noopener noreferrer nofollow ugc"]
        return Node("a", "cw-link", [token.text], attrs)
    if token.kind == "mention":
        return Node("span", "cw-mention", [token.text])
    return emote_image(emotes[token.text]) if token.kind == "emote" else token.text


def emote_image(emote: EmoteData) -> Node:
    """An emote in a box of fixed height, so that nothing moves when it loads."""
    attrs = [
        "src", emote.url, "alt", emote.name, "title", emote.name, "loading", "lazy", "referrerpolicy", "no-referrer",
        "width", str(emote.width), "height", str(emote.height),
    ]  # fmt: skip
    return Node("img", "cw-emote", [], attrs)


def mark(delivery: str) -> Node:
    """A small clock, a tick or two at the end of one's own message."""
    return Node("span", "cw-mark", [icon(delivery), Node("span", "cw-hidden", [say(MARKS[delivery])])])


def failed(again: Handler) -> Node:
    action = Node("button", "cw-again", [say("Send again")], ["type", "button"], "", "click", again)
    return Node("p", "cw-flag cw-bad", [icon("alert"), say("Not sent"), action])


def flag(words: str) -> Node:
    """Why a message deserves a second look."""
    return Node("p", "cw-flag", [icon("alert"), words])
