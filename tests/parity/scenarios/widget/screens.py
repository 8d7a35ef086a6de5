"""Components render to the same HTML."""

from __future__ import annotations

from widget.emotes.parse import parse_emotes
from widget.model import EmoteData
from widget.ui.strings import say, say_count, speak
from widget.ui.view import h, to_html
from widget.ui.when import day_name


class Own:
    """German, a little."""

    locale: str = "de"

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts: dict[str, str] = texts

    def find(self, sentence: str, category: str) -> str | None:
        return self._texts.get(f"{sentence} {category}")

    def category(self, count: int) -> str:
        return "one" if count == 1 else "other"

    def number(self, count: int) -> str:
        return str(count)

    def time(self, at: str) -> str:
        return at

    def date(self, at: str) -> str:
        return at


def main() -> None:
    sub = h("span", {"class": "cw-sub", "key": "k"}, ["x"])
    print(to_html(h("p", {"title": "\"><img src=x>", "hidden": None}, ["<b>&'</b> 😀", sub])))
    print(to_html(h("input", {"value": "a"})), to_html(h("textarea", {"class": "cw-area", "rows": "1", "value": "</textarea>"})))
    speak(Own({}))
    for minute in [0, 29_534_370, 28_486_085, 15_778_799]:
        print([day_name(minute, minute + 1440 * days, "9 Mar") for days in range(3)])
    speak(Own({"Find a room other": "Raum suchen", "{} people one": "ein Mensch", "{} people other": "{} Leute"}))
    print(say("Find a room"), say("Rooms"), say("by {}"), say("Join {}", "Owls"), say_count("1 person", "{} people", 1), say_count("1 person", "{} people", 3))
    speak(Own({}))
    print(say("Find a room"), say_count("1 person", "{} people", 1), say_count("1 person", "{} people", 3))
    emotes = [EmoteData("1", "Kappa", "https://x/k", False, 28, 28, "7tv"), EmoteData("2", ":ok:", "https://x/o", True, 28, 28, "custom")]
    print(parse_emotes("hi Kappa, Kappa! :ok: kappa", emotes))
