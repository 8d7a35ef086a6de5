"""The screen's words. The English sentence stands where it is used; another language has its own by that sentence.

Each widget has its language, which may change while it runs. So sentences are said while it is drawn; what is kept
for later is kept as `Words`. `python -m tests.widget.ui.sentences` lists what there is to translate.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Words = Callable[[], str]  # says a sentence, while something is drawn


class Language(Protocol):
    """A language and how it writes times and numbers. `locale` is its BCP 47 tag."""

    locale: str

    def find(self, sentence: str, category: str) -> str | None:
        """What stands for the English sentence, for a number of that category of `Intl.PluralRules`."""
        ...

    def category(self, count: int) -> str: ...

    def number(self, count: int) -> str: ...

    def time(self, at: str) -> str:
        """ "14:05", of ISO 8601 by the reader's wall clock."""
        ...

    def date(self, at: str) -> str:
        """ "12 Mar", of the same."""
        ...


class Speaker:
    """Whose language is spoken now: that of the widget that is drawn."""

    language: Language


SPEAKER: Speaker = Speaker()


def speak(language: Language) -> None:
    SPEAKER.language = language


def say(sentence: str, value: str = "{}") -> str:
    """The sentence in the reader's language, `value` in place of its {}."""
    return _found(sentence, "other", sentence).replace("{}", value)


def say_count(one: str, many: str, count: int) -> str:
    """The sentence for one thing, or for that many; other languages find theirs by `many`."""
    category = SPEAKER.language.category(count)
    return _found(many, category, one if count == 1 else many).replace("{}", number(count))


def number(count: int) -> str:
    return SPEAKER.language.number(count)


def isolated(name: str) -> str:
    """What others wrote, in the middle of a text: its direction does not turn what stands around it (UAX 9)."""
    return f"\u2068{name}\u2069"


def silence() -> str:
    """Nothing is said."""
    return ""


def _found(sentence: str, category: str, english: str) -> str:
    found = SPEAKER.language.find(sentence, category)
    return english if found is None else found
