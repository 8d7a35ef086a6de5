"""Lines of the room about people: a sentence with places for names."""

from __future__ import annotations


def filled(sentence: str, who: str, whom: str) -> str:
    """`who` in place of each {}, `whom` in place of each {1}; what they are called is not looked into."""
    return who.join([part.replace("{1}", whom) for part in sentence.split("{}")])
