"""A message is cut into the same tokens: links, emotes, mentions, and no pile of marks."""

from __future__ import annotations

from widget.chat.emotes import parse_emotes
from widget.model import EmoteData
from widget.ui.tokens import tokenize, without_piles


def shown(text: str) -> str:
    return "; ".join([f"{token.kind} {token.text}" for token in tokenize(text, ["Kappa", "catJAM"], ["Ada", "Ben Lee"])])


def main() -> None:
    print(shown("look at https://example.org/a?b=c#d, and HTTP://X.test:8080. or http://u@x.test"))
    print(shown("https://example.org https://example.org/ https://-x.test:99999/ https://:1/ ftp://x.test https://"))
    print(shown("catJAM Kappa kappa Kappa, :Kappa: @Ada @Ada, @Adam @Ben Lee!"))
    print(shown("Gr\u00fc\u00dfe \U0001f642 https://x.test/\U0001f642 https://x.test/a\u200bb \u2614"))
    print(len(without_piles("e" + "\u0301" * 100)), len(without_piles("a\u0300" * 70)), without_piles("\U0001f642 e\u0301 \u2614"))
    emotes = [EmoteData("1", "Kappa", "https://x/k", False, 28, 28, "7tv"), EmoteData("2", ":", "https://x/o", True, 28, 28, "custom")]
    print(parse_emotes("Kappa :Kappa: :: ::: x :Kap:", emotes))
