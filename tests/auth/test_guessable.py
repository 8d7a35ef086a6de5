"""Which secrets are refused though they are long enough, and that none is refused which was made as the docs say."""

from __future__ import annotations

import base64
import hashlib
import random

import pytest

from auth.forms import LEAST_SECRET_CHARS
from auth.guessable import guessed, guessed_login, reason

MADE = 2000


@pytest.mark.parametrize(("text", "why"), [
    ("s" * 32, "repeats itself"),
    ("deadbeef" * 4, "repeats itself"),
    ("c0ffee5ab1e7e571" * 2, "repeats itself"),
    ("k7Qz2mXw9RbT4vLs" * 2 + "k7Qz", "repeats itself"),
    ("abcde" + "edcba" * 3 + "aabbccddeeabcd", "repeats itself"),
    ("0123456789abcdefghijklmnopqrstuv", "goes on in a row"),
    ("00112233445566778899aabbccddeeff", "goes on in a row"),
    (hashlib.sha256(b"secret").hexdigest(), "is the hash of a word"),
    (hashlib.md5(b"password", usedforsecurity=False).hexdigest().upper(), "is the hash of a word"),
    (hashlib.sha1(b"", usedforsecurity=False).hexdigest(), "is the hash of a word"),
    ("change-me-to-a-long-random-string", "is made of words"),
    ("This is a very long secret string", "is made of words"),
    ("your_turn_secret_here_your_own_one!", "is made of words"),
    ("only-for-tests-and-so-nobody-else", "is made of words"),
    ("secret" + "k7Qz2mXw9RbT4vLs6HnP8cG", "is made of words"),
    ("secret" + "k7Qz2mXw9RbT4vLs6HnP8cGd", ""),
    ("k7Qz2mXw9RbT4vLs6HnP8cGdJf3YtA5e", ""),
    ("", ""),
])  # fmt: skip
def test_what_can_be_guessed_is_told_by_its_kind(text: str, why: str) -> None:
    assert text == "" or len(text) >= LEAST_SECRET_CHARS - 3
    assert reason(text) == why


def test_what_is_made_at_random_is_taken() -> None:
    chance = random.Random(12)  # the same each time
    for _ in range(MADE):
        raw = chance.randbytes(32)
        digits = "".join(chance.choices("0123456789", k=LEAST_SECRET_CHARS))
        letters = (base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw[:24]).decode())
        assert [text for text in (raw.hex(), raw[:16].hex(), digits, *letters) if reason(text) != ""] == []


def test_a_password_of_redis_that_is_made_at_random_is_taken() -> None:
    chance = random.Random(12)
    for _ in range(MADE):
        raw = chance.randbytes(32)
        made = (raw.hex(), raw[:16].hex(), base64.urlsafe_b64encode(raw[:12]).decode(), raw[:6].hex())
        assert [text for text in made if guessed_login("REDIS_URL", f"redis://chat:{text}@h") != []] == []


def test_the_sentence_has_the_name_and_the_way_out_and_not_the_secret() -> None:
    (sentence,) = guessed("AUTH_METRICS_TOKEN", "deadbeef" * 4)
    assert sentence.startswith("AUTH_METRICS_TOKEN can be guessed, since it repeats itself: ")
    assert sentence.endswith("write what `openssl rand -hex 32` prints.")
    assert "dead" not in sentence


@pytest.mark.parametrize(("url", "faults"), [
    (None, 0),
    ("redis://127.0.0.1:6379/0", 0),
    ("unix:///run/redis.sock?db=0", 0),
    ("redis://user:k7Qz2mXw9RbT@127.0.0.1", 0),
    ("redis://:PASSWORD@127.0.0.1", 1),
    ("redis://:pass%77ord@127.0.0.1", 1),
    ("unix://chat:secret@/run/redis.sock", 1),
    ("rediss+sentinel://chat:changeme@a:26379,b:26379/mine/0", 1),
    ("redis+cluster://chat:redis@a:6379,b:6379", 1),
    ("redis://chat:Password1@127.0.0.1", 1),
    ("redis://chat:admin123@127.0.0.1", 1),
    ("redis://chat:redis-secret-2026@127.0.0.1", 1),
    ("redis://chat:2026Redis@127.0.0.1", 1),
    ("redis://chat:P%40ssw0rd!@127.0.0.1", 1),
    ("redis://chat:p4$$w0rd99@127.0.0.1", 1),
    ("redis://chat:abcd1234@127.0.0.1", 1),
    ("redis://chat:xxxxxxxx@127.0.0.1", 1),
    ("redis://chat:xyzxyz@127.0.0.1", 1),
    ("redis://chat:admin1234@127.0.0.1", 1),
    ("redis://chat:admin12345@127.0.0.1", 0),
    ("redis://chat:k7testQz2mX@127.0.0.1", 0),
    ("redis://chat@127.0.0.1", 0),
])  # fmt: skip
def test_the_password_of_redis_is_no_word(url: str | None, faults: int) -> None:
    found = guessed_login("REDIS_URL", url)
    assert len(found) == faults
    assert all(sentence.startswith("REDIS_URL has a password that can be guessed: ") for sentence in found)
