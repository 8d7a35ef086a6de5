"""Messages that are emoji and nothing else."""

from __future__ import annotations

import re

from widget.wire.blank import is_blank

MOST_LARGE = 8
JOINER = "\u200d"
OLD = "🦉"  # of 2016: in every font that has pictures
# Keys, flags, pictures with their skin tone, and the signs that are pictures by themselves or by the selector behind
# them (Emoji_Presentation of emoji-data.txt). Joiners, selectors and tags show nothing, so they may stay over.
EMOJI = re.compile(
    r"[#*0-9]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{2}"
    r"|[\U0001f000-\U0001faff\u231a\u231b\u23e9-\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab"
    r"\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2-\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755"
    r"\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55][\U0001f3fb-\U0001f3ff]?"
    r"|[\xa9\xae\u203c-\u2b55\u3030\u303d\u3297\u3299][\ufe0f\U0001f3fb-\U0001f3ff]"
)


def is_emoji_only(text: str) -> bool:
    """A few emoji, with spaces at most: families, flags and keys count as one."""
    rest = EMOJI.split(text)
    pictures = len(rest) - 1 - text.count(JOINER)
    return 0 < pictures <= MOST_LARGE and is_blank("".join(rest))


def is_picture(kind: str, text: str) -> bool:
    """Of a token: may it stand in a message that is drawn large?"""
    return kind == "emote" or (kind == "text" and (is_blank(text) or is_emoji_only(text)))
