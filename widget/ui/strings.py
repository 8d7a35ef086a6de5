"""The screen's words. The English sentence stands where it is used; `use` takes over another language's.

`python -m tests.widget.ui.sentences` lists what there is to translate.
"""

from __future__ import annotations

TEXTS: dict[str, str] = {}


def say(sentence: str, value: str = "{}") -> str:
    """The sentence in the reader's language, `value` in place of its {}."""
    return TEXTS.get(sentence, sentence).replace("{}", value)


def say_count(one: str, many: str, count: int) -> str:
    """The sentence for one thing, or for that many."""
    return say(one if count == 1 else many, str(count))


def use(texts: dict[str, str]) -> None:
    """Take over the texts of another language by their English sentences."""
    TEXTS.update(texts)
