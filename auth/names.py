"""The names people go by: cleaned of what could deceive, or a neutral pseudonym."""

from __future__ import annotations

import hashlib
import unicodedata

MAX_NAME_CHARS = 40
MAX_MARKS = 2
# Letters that show nothing: Hangul fillers and the Braille blank.
BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
ADJECTIVE_WORDS = (
    "Quiet Brave Calm Clever Gentle Happy Kind Lively Lucky Merry Mild Neat Noble Patient Polite Proud "
    "Quick Rapid Royal Silent Silver Sunny Swift Tidy Velvet Warm Wild Wise Witty Young Amber Copper"
)
ANIMAL_WORDS = (
    "Otter Owl Badger Beaver Bison Crane Dolphin Eagle Falcon Ferret Finch Fox Gecko Hare Heron Ibis "
    "Jay Koala Lark Lemur Lynx Marten Mole Newt Panda Puffin Raven Robin Seal Swan Tern Wren"
)
ADJECTIVES, ANIMALS = ADJECTIVE_WORDS.split(" "), ANIMAL_WORDS.split(" ")


def clean_name(text: str) -> str:
    """NFKC, no control, bidi, zero-width or blank characters, single spaces, at most 40; may come out empty."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category.startswith("Z") or character in "\t\n\r":
            kept.append(" ")
        elif not category.startswith("C") and character not in BLANKS and marks <= MAX_MARKS:
            kept.append(character)
    return " ".join("".join(kept).split())[:MAX_NAME_CHARS].strip()


def pseudonym(sub: str) -> str:
    """ "Quiet Otter 41": the same for the same `sub`, and telling nothing about the address."""
    digest = hashlib.sha256(f"name {sub}".encode()).digest()
    adjective = ADJECTIVES[digest[0] % len(ADJECTIVES)]
    return f"{adjective} {ANIMALS[digest[1] % len(ANIMALS)]} {10 + digest[2] % 90}"
