import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.ui.tokens import MOST_EMOTES, MOST_LINKS, Token, link_in, tokenize, without_piles


def kinds(content: str, emotes: list[str] | None = None, names: list[str] | None = None) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenize(content, emotes or [], names or [])]


def test_links_end_before_punctuation() -> None:
    assert kinds("See https://example.org/a?b=c#d, then go.") == [
        ("text", "See "), ("link", "https://example.org/a?b=c#d"), ("text", ", then go."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "link", ["http://example.org", "HTTPS://EXAMPLE.ORG/Wiki/Eule", "https://localhost:8000/x", "https://example.org/ä"]
)
def test_plain_web_addresses_are_links(link: str) -> None:
    assert kinds(link) == [("link", link)]


@pytest.mark.parametrize("word", [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd",
    "//example.org",
    "https://", "https://user@example.org", "https://user:pw@example.org/", "https://ex\u0430mple.org", "https://example.org:port",
    "https://example.org\u202e/gpj.exe", "https://example.org/\u200bx", "https://.example.org", "https:\\\\example.org",
    "http:example.org", "https://[::1]/", "https://example.org:123456",
])  # fmt: skip
def test_anything_else_stays_text(word: str) -> None:
    assert kinds(word) == [("text", word)]


def test_a_backslash_does_not_hide_the_host() -> None:
    # Browsers read a backslash as a slash: the host is what stands before it.
    assert link_in("https://example.org\\@evil.example") == Token("link", "https://example.org\\@evil.example")


@pytest.mark.parametrize(
    "hostile",
    [
        "https://" + "a" * 3990 + "@",
        "https://" + "a." * 1995 + "é",
        "https://a:" + "1" * 3990,
        "https://a/" + "." * 3980 + "\u200b",
        "://" + ".,;:" * 999 + "x" + "!" * 990,
        "://" * 1333,
        "\u0301" * 4000,
        " \n" * 2000,
    ],
)
def test_hostile_text_takes_time_in_proportion(hostile: str) -> None:
    started_s = time.perf_counter()
    for _ in range(10):
        tokenize(hostile, ["owl"], ["Ben"])
    assert time.perf_counter() - started_s < 2  # ten times 4,000 characters; a square of it would be minutes


def test_only_emotes_of_the_message_become_emotes() -> None:
    assert kinds("Kappa owlWave", ["owlWave"]) == [("text", "Kappa "), ("emote", "owlWave")]


def test_the_longest_name_is_mentioned() -> None:
    assert kinds("hi @Ben!", names=["Be", "Ben"]) == [("text", "hi "), ("mention", "@Ben"), ("text", "!")]
    assert kinds("hi @Bennet", names=["Ben"]) == [("text", "hi @Bennet")]
    assert kinds("mail ada@Ben.example", names=["Ben"]) == [("text", "mail ada@Ben.example")]


def test_links_and_emotes_are_limited() -> None:
    many = tokenize("https://a.example " * 30 + "owl " * 60, ["owl"], [])
    assert len([token for token in many if token.kind == "link"]) == MOST_LINKS
    assert len([token for token in many if token.kind == "emote"]) == MOST_EMOTES


def test_piles_of_marks_are_cut() -> None:
    assert len(without_piles("z" + "\u0301" * 500)) == 61
    assert without_piles("é" * 500) == "é" * 500


@given(st.text(max_size=200), st.lists(st.text(max_size=8), max_size=4))
def test_no_text_is_lost(content: str, names: list[str]) -> None:
    tokens: list[Token] = tokenize(content, names, names)
    assert "".join(token.text for token in tokens) == without_piles(content)
