"""Secrets that are long enough and can be guessed all the same: words, rows, what repeats itself."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit

# What people write until they have something better, and what examples have, Redis' own among them (foobared).
WORDS = (
    "password", "passwort", "passwd", "passphrase", "secret", "geheim", "changeme", "change", "replace", "default",
    "example", "sample", "insecure", "private", "random", "string", "openssl", "token", "metrics", "signaling", "redis",
    "foobared", "admin", "tests", "test", "turn", "coturn", "chat", "strixun", "your", "here", "this", "hunter2",
    "letmein", "welcome", "qwerty", "asdfgh", "zxcvbn", "12345678", "123456", "abc123", "deadbeef",
)  # fmt: skip
LEAST_DIFFERENT = 6  # of 32 random decimals fewer are different once in ten million times
MOST_IN_A_ROW = 0.75
LEAST_BESIDES = 24  # beside the words; a word of four letters may be in what is random
MOST_BESIDES = 4  # beside a password's word: a year
ADVICE = "anybody could act in its name; write what `openssl rand -hex 32` prints"
_LONGEST_FIRST = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
_BETWEEN = re.compile(r"[\s_.,:;/+!-]")
_LETTERS = str.maketrans("@43015$7", "aaeoisst")  # p4$$w0rd
_HASHES = ("md5", "sha1", "sha256", "sha512")
_LOOKED_UP = {hashlib.new(kind, word.encode()).hexdigest() for kind in _HASHES for word in ("", *WORDS)}


def guessed(variable: str, text: str) -> list[str]:
    """A sentence when the secret that `variable` holds can be guessed."""
    why = reason(text)
    return [] if why == "" else [f"{variable} can be guessed, since it {why}: {ADVICE}."]


def guessed_login(variable: str, url: str | None) -> list[str]:
    """The same for the password in a URL, which may be short: a word is guessed in the first minute, and a word with a
    year or a mark behind it in the second. None is another matter."""
    password = "" if url is None else unquote(urlsplit(url).password or "").lower()
    is_worded = _is_worded(password) or _is_worded(password.translate(_LETTERS))
    if not (is_worded or _repeats(password) or _is_row(password)):
        return []
    return [f"{variable} has a password that can be guessed: {ADVICE}, there and at the server."]


def reason(text: str) -> str:
    """Why somebody would find it, "" when nobody does. Nothing is none, and is another matter."""
    if text == "":
        return ""
    if _repeats(text) or len(set(text)) < LEAST_DIFFERENT:
        return "repeats itself"
    if text.lower() in _LOOKED_UP:
        return "is the hash of a word"
    if _is_row(text):
        return "goes on in a row"
    is_worded = _LONGEST_FIRST.search(text.lower()) is not None
    return "is made of words" if is_worded and len(_besides(text.lower())) < LEAST_BESIDES else ""


def _is_worded(password: str) -> bool:
    """It has a word in it, and hardly more."""
    return _LONGEST_FIRST.search(password) is not None and len(_besides(password)) <= MOST_BESIDES


def _besides(text: str) -> str:
    return _BETWEEN.sub("", _LONGEST_FIRST.sub("", text))


def _repeats(text: str) -> bool:
    """From its middle on at the latest it says again what it has said."""
    return any(text.startswith(text[start:]) for start in range(1, len(text) // 2 + 1))


def _is_row(text: str) -> bool:
    """Most letters are the same as the one before, or its neighbours: 0123456789abcdef."""
    steps = [abs(ord(after) - ord(before)) for before, after in pairwise(text)]
    return sum(step <= 1 for step in steps) > MOST_IN_A_ROW * len(steps)
