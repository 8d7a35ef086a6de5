"""The tokenisers: emote names in what one writes, then text, code, links, emotes and mentions in what one reads."""

from __future__ import annotations

from widget.emotes.parse import parse_emotes
from widget.model import EmoteData
from widget.ui.tokens import tokenize

LINES = [
    "Good morning everybody, did you all sleep well?",
    "Have a look at https://example.org/a/long/path?with=query#part, it explains most of it.",
    "catJAM catJAM so good :catJAM: peepoHappy",
    "@Ada could you ask @Ben whether http://user@example.org is safe? I think not.",
    "Grüße aus Köln, hier regnet es seit Tagen ☔ und der Zug hat Verspätung 🙂",
    "ok",
    "The second half of the stream starts at nine;\nuntil then there is music, and then questions (up to thirty).",
    "monkaS (https://example.org/wiki/Owl_(bird)) KEKW",
]


class Kernel:
    """One time is one message, written and read."""

    def __init__(self) -> None:
        names = ["catJAM", "peepoHappy", "monkaS", "KEKW", "Sadge", "PogChamp", "EZ", "widepeepoHappy"]
        self._emotes: list[EmoteData] = [
            EmoteData(f"id{place}", name, "https://example.org/e.webp", False, 32, 32, "7tv")
            for place, name in enumerate(names)
        ]
        self._by_id: dict[str, str] = {emote.id: emote.name for emote in self._emotes}
        self._people: list[str] = ["Ada", "Ben", "Charlotte", "Dmitri"]

    def run(self, times: int) -> str:
        total = 0
        shown = ""
        for number in range(times):
            content = LINES[number % len(LINES)]
            ids = parse_emotes(content, self._emotes).emote_ids
            known = {self._by_id[emote_id]: False for emote_id in ids}
            tokens = tokenize(content, known, self._people)
            total += len(ids) + len(tokens)
            if number < len(LINES):
                shown += "".join([f"{token.kind}<{token.text}>" for token in tokens])
        return f"{total} {shown}"
