"""A message as a row of the conversation: with its day, where that is a new one, and the line above what is new."""

from __future__ import annotations

from dataclasses import dataclass

from widget.model import ChatMessage, EmoteData
from widget.ui.chat_message import Shown, Ways, chat_message
from widget.ui.parts import vouched
from widget.ui.play import Plays
from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Node, h
from widget.ui.when import DAY_MIN, day_name

GROUP_MIN = 5


@dataclass(frozen=True)
class Known:
    """What messages may name: `emotes` by id, one by each name that sets call it, and whether those move, `names` of
    people; and what tells `namesakes` apart, by user id."""

    emotes: dict[str, list[EmoteData]]
    names: list[str]
    namesakes: dict[str, str]
    plays: Plays


@dataclass(frozen=True)
class Row:
    """A drawn message, kept while nothing about it changes: itself, the one before it, what is noted of it."""

    message: ChatMessage
    before: ChatMessage | None
    notes: str
    node: Node


def message_line(
    stage: Stage, message: ChatMessage, before: ChatMessage | None, notes: str, known: Known, ways: Ways
) -> Node:
    """`before` is the message above it; `notes` may say "new", "last" and "unfolded"."""
    page = stage.page
    minute = page.wall_minute(message.timestamp)
    parts: list[Node] = []
    before_min = -DAY_MIN if before is None else page.wall_minute(before.timestamp)
    if before_min // DAY_MIN != minute // DAY_MIN:
        now_min = page.wall_minute(stage.clock.now_ms())
        date = stage.language.date(message.timestamp)
        parts.append(h("div", {"class": "cw-day"}, [day_name(minute, now_min, date)]))
    if "new" in notes:
        parts.append(h("div", {"class": "cw-unread"}, [say("New messages")]))
    shown = Shown(
        stage.language.time(message.timestamp),
        before is None or breaks(before, before_min, message, minute),
        "unfolded" in notes,
        "last" in notes,
        known.emotes,
        known.names,
        known.plays,
        f"{known.namesakes.get(message.sender_id, '')} {vouched(message.via)}".strip(),
    )
    node = chat_message(message, shown, ways)
    return h("div", {"class": "cw-line", "data-row": "", "key": message.id}, [*parts, node])


def breaks(before: ChatMessage, before_min: int, message: ChatMessage, minute: int) -> bool:
    """Another author, another day, or five minutes of silence begin a new group."""
    if before.type != "message" or before.sender_id != message.sender_id:
        return True
    return minute - before_min >= GROUP_MIN or minute // DAY_MIN != before_min // DAY_MIN
