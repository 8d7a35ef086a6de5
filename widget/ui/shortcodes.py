"""`:name:` of an emoji, typed in a message."""

from __future__ import annotations

import re
from collections.abc import Callable

from widget.ui.tokens import CODE

SHORTCODE = re.compile(r":([a-z0-9_+-]+):(.*)", re.ASCII | re.DOTALL)


def with_emoji(content: str, find: Callable[[str], str | None]) -> str:
    """`find` gives the emoji of a code. What begins no word stays, so 10:30 and addresses do; so does code."""
    done = ""
    text = ""
    for part in CODE.findall(content):
        if len(part) > 1 and part[0] == "`" and part[-1] == "`":
            done += replaced(text, find) + part
            text = ""
        else:
            text += part
    return done + replaced(text, find)


def replaced(text: str, find: Callable[[str], str | None]) -> str:
    lines = [" ".join([of_word(word, find) for word in line.split(" ")]) for line in text.split("\n")]
    return "\n".join(lines)


def of_word(word: str, find: Callable[[str], str | None]) -> str:
    done = ""
    found = SHORTCODE.match(word)
    while found is not None:
        emoji = find(found[1])
        if emoji is None:
            break
        done += emoji
        word = found[2]
        found = SHORTCODE.match(word)
    return done + word
