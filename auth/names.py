"""The names people go by: cleaned of what could deceive, or a neutral pseudonym."""

from __future__ import annotations

import hashlib
import unicodedata

from widget.wire.names import clean_name

MAX_NAME_CHARS = 40
ADJECTIVE_WORDS = (
    "Quiet Brave Calm Clever Gentle Happy Kind Lively Lucky Merry Mild Neat Noble Patient Polite Proud "
    "Quick Rapid Royal Silent Silver Sunny Swift Tidy Velvet Warm Wild Wise Witty Young Amber Copper"
)
ANIMAL_WORDS = (
    "Otter Owl Badger Beaver Bison Crane Dolphin Eagle Falcon Ferret Finch Fox Gecko Hare Heron Ibis "
    "Jay Koala Lark Lemur Lynx Marten Mole Newt Panda Puffin Raven Robin Seal Swan Tern Wren"
)
ADJECTIVES, ANIMALS = ADJECTIVE_WORDS.split(" "), ANIMAL_WORDS.split(" ")


def given_name(text: str) -> str:
    """What somebody wants to be called, at most 40 characters; may come out empty."""
    return clean_name(visible(text)[:MAX_NAME_CHARS])


def visible(text: str) -> str:
    """A clean name in NFKC, of characters that Unicode has given a meaning."""
    # Dropping characters may bring a letter and its accent together, so the form is made again.
    return clean_name(_normal(clean_name(_normal(text))))


def _normal(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text)
    return "".join(character for character in normal if unicodedata.category(character) not in ("Cn", "Co", "Cs"))


def pseudonym(sub: str) -> str:
    """ "Quiet Otter 41": the same for the same `sub`, and telling nothing about the address."""
    digest = hashlib.sha256(f"name {sub}".encode()).digest()
    adjective = ADJECTIVES[digest[0] % len(ADJECTIVES)]
    return f"{adjective} {ANIMALS[digest[1] % len(ANIMALS)]} {10 + digest[2] % 90}"
