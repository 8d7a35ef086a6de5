"""The emoji of Unicode as data beside the script, and how that is made of emojibase and CLDR (`make emoji`).

    emoji.json        a text for each of the `GROUPS`: emoji in their order, a space between them. Behind one stands "+"
                      where it has skin tones, and a letter where it is newer than 2018: "c" for Emoji 12 and so on.
                      Then a text of their shortcodes in the same order, a space between emoji, "," between codes.
    emoji.LANG.json   the names of the groups, then of the five skin tones, then a text for each emoji: its name and
                      its search words, "|" between them.

They lie in widget/emoji, so that a build needs no download for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "ja", "ko", "pl", "pt", "tr", "zh")
GROUPS = (0, 1, 3, 4, 5, 6, 7, 8, 9)  # of emojibase; 2 are the skin tones by themselves
TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
SELECTOR = "\ufe0f"
FIRST_MARKED = 12  # every browser of the baseline draws what is older
# emojibase knows neither language. The words of CLDR's characterLabels for the same groups.
GROUP_NAMES = {
    "ar": ["وجوه ضاحكة", "أشخاص", "حيوانات وطبيعة", "طعام وشراب", "سفر وأماكن", "نشاطات", "أدوات", "رموز", "أعلام"],
    "tr": ["Yüz İfadeleri", "İnsanlar", "Hayvanlar ve Doğa", "Yiyecek ve İçecek", "Seyahat ve Mekanlar", "Etkinlikler",
           "Nesneler", "Semboller", "Bayraklar"],
}  # fmt: skip


class EmojiMissing(Exception):
    """The packages are not installed."""


class EmojiDiffer(Exception):
    """A file is not what the packages give."""


def write_emoji(root: Path, only_check: bool) -> str:
    """widget/emoji anew, from the packages of build/emoji-data; or EmojiDiffer where that would change a file."""
    made = make(root / ".work" / "emoji" / "node_modules")
    for name, texts in made.items():
        path, text = root / "widget" / "emoji" / name, json.dumps(texts, ensure_ascii=False, indent=0) + "\n"
        if not only_check:
            path.write_text(text, "utf-8")
        elif path.read_text("utf-8") != text:
            raise EmojiDiffer(f"{name} is not what the packages give: run `make emoji`")
    return f"{len(made)} files"


def make(packages: Path) -> dict[str, list[str]]:
    """The texts by file name. Raises EmojiMissing."""
    if not packages.is_dir():
        raise EmojiMissing("emojibase-data and CLDR are not installed: run `make emoji`")
    known = _ordered(_read(packages / "emojibase-data" / "en" / "data.json"))
    made = {"emoji.json": [*_groups(known), " ".join(_codes(packages, known))]}
    for language in LANGUAGES:
        from_cldr = language in GROUP_NAMES
        words = _cldr(packages, language, known) if from_cldr else _emojibase(packages, language, known)
        made[f"emoji.{language}.json"] = words
    return made


def _ordered(emoji: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted((each for each in emoji if each.get("group") in GROUPS), key=lambda each: each["order"])


def _groups(known: list[dict[str, Any]]) -> list[str]:
    return [" ".join(_marked(each) for each in known if each["group"] == group) for group in GROUPS]


def _marked(emoji: dict[str, Any]) -> str:
    version = int(emoji["version"])
    mark = chr(ord("c") + version - FIRST_MARKED) if version >= FIRST_MARKED else ""
    return f"{_text(emoji)}{'+' if 'skins' in emoji else ''}{mark}"


def _text(emoji: dict[str, Any]) -> str:
    """As Unicode recommends it: `emoji` has a selector wherever one may stand, also where it is a picture without."""
    pictured = "".join(chr(int(code, 16)) for code in emoji["hexcode"].split("-"))
    return pictured if emoji["type"] == 1 else str(emoji["emoji"])


def _codes(packages: Path, known: list[dict[str, Any]]) -> list[str]:
    """As GitHub has them, else as emojibase."""
    folder = packages / "emojibase-data" / "en" / "shortcodes"
    github, own = _read(folder / "github.json"), _read(folder / "emojibase.json")
    found = [github.get(each["hexcode"], own[each["hexcode"]]) for each in known]
    return [codes if isinstance(codes, str) else ",".join(codes) for codes in found]


def _emojibase(packages: Path, language: str, known: list[dict[str, Any]]) -> list[str]:
    folder = packages / "emojibase-data" / language
    messages = _read(folder / "messages.json")
    groups = {each["order"]: each["message"] for each in messages["groups"]}
    tones = {each["key"]: each["message"] for each in messages["skinTones"]}
    words = {each["hexcode"]: (each["label"], each.get("tags", [])) for each in _read(folder / "data.json")}
    shades = ("light", "medium-light", "medium", "medium-dark", "dark")
    lines = [_line(*words[each["hexcode"]]) for each in known]
    return [*(groups[group] for group in GROUPS), *(tones[shade] for shade in shades), *lines]


def _cldr(packages: Path, language: str, known: list[dict[str, Any]]) -> list[str]:
    plain = _read(packages / "cldr-annotations-full" / "annotations" / language / "annotations.json")
    derived = _read(packages / "cldr-annotations-derived-full" / "annotationsDerived" / language / "annotations.json")
    words = {**derived["annotationsDerived"]["annotations"], **plain["annotations"]["annotations"]}

    def line(emoji: str) -> str:
        found = words.get(emoji) or words[emoji.replace(SELECTOR, "")]
        return _line(found["tts"][0], found.get("default", []))

    tones = [line(tone).split("|")[0] for tone in TONES]
    return [*GROUP_NAMES[language], *tones, *(line(_text(each)) for each in known)]


def _line(name: str, tags: list[str]) -> str:
    """Without the words that the name has itself."""
    lowered = name.lower()
    return "|".join([name, *[tag for tag in tags if tag.lower() not in lowered]])


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))
