"""What one may put into a message: emotes of the room and emoji, those used last, and the skin that was chosen."""

from __future__ import annotations

import re

from widget.model import EmoteData
from widget.ui.emoji import JOINER, OLD
from widget.ui.search import Entry
from widget.ui.stage import Stage

RECENT = "recent"
TONE = "tone"
MOST_RECENT = 24
GROUPS = 9
LEAD = GROUPS + 5  # the names of groups and tones stand before those of the emoji (build/emoji.py)
TONES = ("", "\U0001f3fb", "\U0001f3fc", "\U0001f3fd", "\U0001f3fe", "\U0001f3ff")
DIGITS = "012345"  # of which one is kept
ADULTS = "\U0001f468\U0001f469\U0001f9d1"
VERSIONS = "cdefgh"
HUMP = re.compile(r"([a-z0-9])([A-Z])", re.ASCII)


class Palette:
    """`stamp` is another number when there is something else. Nothing is fetched before somebody asks."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self.stamp: int = 0
        self.failed: bool = False
        self.emotes: list[Entry] = []
        self.groups: list[list[Entry]] = []
        self.words: list[str] = []  # names of groups, tones and emoji
        self.codes: dict[str, Entry] = {}
        self._all: list[Entry] = []
        self._given: list[EmoteData] = []
        self._lines: list[str] = []
        self._drawn: dict[str, bool] = {}
        self._asked: str = ""

    def ask(self) -> None:
        """For what is not here yet, in the language of the moment."""
        locale = self._stage.language.locale
        if locale != self._asked:
            self._asked = locale
            self._stage.clock.spawn(self._fetch(locale))

    def look(self) -> None:
        """At the emotes of the room, which may be others."""
        given = self._stage.chat.get_state().emotes
        if given is not self._given:
            self._given = given
            self.emotes = [of_emote(emote) for emote in given]
            self._changed()

    def _changed(self) -> None:
        self._all = []
        self.stamp += 1

    def is_coming(self) -> bool:
        """What was asked for is on its way."""
        return len(self.words) == 0 and not self.failed

    def all(self) -> list[Entry]:
        self.look()
        if len(self._all) == 0:
            self._all = [*self.emotes]
            for group in self.groups:
                self._all += group
        return self._all

    def text(self, entry: Entry) -> str:
        """What goes into a message, with the skin."""
        return toned(entry.word, TONES[self.tone()]) if entry.has_tones else entry.word

    def tone(self) -> int:
        """Of `TONES`."""
        return max(0, DIGITS.find(self._stage.page.kept(TONE)))

    def turn_tone(self) -> None:
        self._stage.page.keep(TONE, str((self.tone() + 1) % len(TONES)))

    def recent(self) -> list[str]:
        """Words, the last one first."""
        kept = self._stage.page.kept(RECENT)
        return [] if kept == "" else kept.split(" ")

    def use(self, entry: Entry) -> None:
        words = [entry.word, *[word for word in self.recent() if word != entry.word]]
        self._stage.page.keep(RECENT, " ".join(words[:MOST_RECENT]))

    def used(self, content: str) -> None:
        """In a message, however it was written."""
        words = set(content.split())
        for entry in self.all():
            if entry.word in words:
                self.use(entry)

    def forget(self) -> None:
        self._stage.page.keep(RECENT, "")

    async def _fetch(self, locale: str) -> None:
        page = self._stage.page
        try:
            if len(self._lines) == 0:
                self._lines = await page.emoji("")
                self._read()
            words = await page.emoji(locale)
            if locale == self._asked:
                self.words = words
                self._read()
        except Exception:
            self.failed = True
            page.complain("Strixun Chat lacks emoji: let connect-src reach the folder of its script, or set emoji.")
        self._stage.changed()

    def _read(self) -> None:
        """Those that the system can draw."""
        codes = self._lines[GROUPS].split(" ")
        self.groups = []
        self.codes = {}
        place = 0
        for line in self._lines[:GROUPS]:
            group: list[Entry] = []
            for item in line.split(" "):
                mark = item[-1]
                text = item.rstrip(VERSIONS)
                plain = text.rstrip("+")
                if self._draws(plain, mark, len(self.groups) == GROUPS - 1):
                    entry = self._entry(plain, codes[place], place + LEAD, plain != text)
                    group.append(entry)
                    for code in codes[place].split(","):
                        self.codes[code] = entry
                place += 1
            self.groups.append(group)
        self._changed()
        self._stage.changed()

    def _entry(self, text: str, codes: str, place: int, has_tones: bool) -> Entry:
        line = text if len(self.words) == 0 else self.words[place]
        name, _bar, more = line.lower().partition("|")
        between, lines = codes.replace(",", ":\n:"), more.replace("|", "\n")
        names = f"\n{name}\n:{between}:\n{lines}\n"
        return Entry(text, line.split("|")[0], names, None, has_tones)

    def _draws(self, text: str, mark: str, is_flag: bool) -> bool:
        """One old emoji says it for all of them, the first of each version for the new ones; without the old one there
        is no font of emoji, and others have this one or that."""
        draws = self._stage.page.draws
        if "" not in self._drawn:
            self._drawn[""] = draws(OLD)
        key = text if is_flag or JOINER in text or not self._drawn[""] else mark if mark in VERSIONS else ""
        if key not in self._drawn:
            self._drawn[key] = draws(text)
        return self._drawn[key]


def of_emote(emote: EmoteData) -> Entry:
    """Found by its name, and by the words of "harbourWave"."""
    words = HUMP.sub(lambda found: f"{found[1]} {found[2]}", emote.name).replace("_", " ")
    return Entry(emote.name, emote.name, f"\n{emote.name.lower()}\n{words.lower()}\n", emote)


def toned(emoji: str, tone: str) -> str:
    """With that skin for each adult, as RGI sequences have it (UTS #51, 2.6)."""
    parts: list[str] = []
    for part in emoji.split(JOINER):
        is_skin = len(parts) == 0 or part[0] in ADULTS
        parts.append(part[0] + tone + part[1:].replace("\ufe0f", "") if is_skin and tone != "" else part)
    return JOINER.join(parts)
