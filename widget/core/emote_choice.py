"""Which emotes of 7TV somebody chose, in words for who chose wrongly."""

from __future__ import annotations

from widget.wire.emote_ids import is_channel, is_set

BAD_SET: str = "emoteSet must be the id of a set of 7TV: the last part of the set's address there."
BAD_CHANNEL: str = "twitchChannel must be the number of a Twitch channel in digits, not its name."


def choice_trouble(emote_set: str, channel: str) -> str:
    """What is wrong with them, or ""; each may be empty."""
    if emote_set != "" and not is_set(emote_set):
        return BAD_SET
    return BAD_CHANNEL if channel != "" and not is_channel(channel) else ""
