"""A fold and the lines that come of it."""

from __future__ import annotations

from tests.fakes.clock import HandClock
from widget.model import ChatMessage
from widget.native.crypto import NativeDigest
from widget.room.book import Book
from widget.room.entry import Entry
from widget.room.fold import Fold
from widget.room.view import View

ROOM_ID = "abcdefghijklmnopqrstuvwxyz"


def screen(my_device: bytes = b"", is_private: bool = False) -> Fold:
    return Fold(View(HandClock(), ROOM_ID, is_private, my_device, Book(NativeDigest(), "", False)))


def screen_of(entries: list[Entry], is_private: bool = False) -> Fold:
    """One after the other, all at one moment."""
    fold = screen(is_private=is_private)
    for entry in entries:
        fold.add([entry], entry.since_ms)
    return fold


def texts(fold: Fold) -> list[str]:
    return [line.content for line in fold.view.lines]


def note(text: str) -> ChatMessage:
    """A line that no event brought."""
    return ChatMessage(text, ROOM_ID, "", "", "2026-11-28T10:00:00.000Z", text, True, type="system")
