"""A message is cut into the same tokens: code, links, emotes, mentions, and no pile of marks."""

from __future__ import annotations

from widget.emotes.parse import parse_emotes, sent_ids
from widget.model import EmoteData
from widget.ui.emoji import is_emoji_only
from widget.ui.tokens import tokenize
from widget.wire.marks import without_piles

EMOTES = {"Kappa": False, "catJAM": False, "constructor": False, "__proto__": False, "RainOver": True, ":tf:": False}


def shown(text: str) -> str:
    return "; ".join([f"{token.kind} {token.text}" for token in tokenize(text, EMOTES, ["Ada", "Ben Lee"])])


def main() -> None:
    print(shown("look at https://example.org/a?b=c#d, and HTTP://X.test:8080. or http://u@x.test"))
    print(shown("https://example.org https://example.org/ https://-x.test:99999/ https://:1/ ftp://x.test https://"))
    print(shown("catJAM Kappa kappa Kappa, :Kappa: @Ada @Ada, @Adam @Ben Lee!"))
    print(shown("Gr\u00fc\u00dfe \U0001f642 https://x.test/\U0001f642 https://x.test/a\u200bb \u2614"))
    print(shown("(https://a.test/b_(c)), <https://d.test>;\u89c1https://e.test/f\u3002g https://h.test\u770b https://a.test/i\u3092"))
    print(shown("https://a.test,https://b.test/\u65e5\u672c|https://c.test https://a\u4f8b.test xhttps://a.test https://a.test/\u2800"))
    print(shown("don`t `code @Ada` ```\nhttps://x.test\n``` ` `` @ADA's @Ben lee\uff0c@Ada\u3055\u3093 @Ada\u0301 @Ada_ @Adam"))
    print([token.emotes for token in tokenize("RainOver Kappa RainOver constructor  RainOver\nRainOver :tf: __proto__", EMOTES, [])])
    print([is_emoji_only(text) for text in ["\u2615", "1\ufe0f\u20e3 \u2764\ufe0f", "\u2764", "a", "", "\U0001f468\u200d\U0001f469\u200d\U0001f467"]])
    print(len(without_piles("e" + "\u0301" * 100)), len(without_piles("a\u0300" * 70)), without_piles("\U0001f642 e\u0301 \u2614"))
    emotes = [EmoteData("1", "Kappa", "https://x/k", False, 28, 28, "7tv"), EmoteData("2", ":", "https://x/o", True, 28, 28, "custom")]
    print(parse_emotes("Kappa :Kappa: :: ::: x :Kap:", emotes))
    odd = [EmoteData("3", "__proto__", "", False, 1, 1, "7tv"), EmoteData("4", "constructor", "", False, 1, 1, "custom")]
    print(parse_emotes("__proto__ toString constructor", odd), sent_ids("constructor __proto__", odd))
