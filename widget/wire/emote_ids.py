"""The ids of emotes and of sets of them. An id says whose the emote is, so its address is made of that alone."""

from __future__ import annotations

import re

SEVEN_TV = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")  # a ULID
CUSTOM = re.compile(r"[0-9a-f]{32}")
SET = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{24}")  # 7TV's ids of before 2024 were shorter
CHANNEL = re.compile(r"[0-9]{1,20}")  # Twitch's number of a channel


def is_seven_tv(text: str) -> bool:
    return SEVEN_TV.fullmatch(text) is not None


def is_custom(text: str) -> bool:
    return CUSTOM.fullmatch(text) is not None


def is_set(text: str) -> bool:
    """Of a set of 7TV's emotes."""
    return SET.fullmatch(text) is not None


def is_channel(text: str) -> bool:
    """Of a Twitch channel, which is no name."""
    return CHANNEL.fullmatch(text) is not None
