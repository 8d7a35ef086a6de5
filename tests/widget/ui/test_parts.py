"""Small pieces: the rounds of people and rooms."""

import pytest

from widget.ui.parts import avatar, initials
from widget.ui.view import attributes


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada", "A"),
        ("ada lovelace", "AL"),
        ("Ada King Lovelace", "AL"),
        ("דנה כהן", "דכ"),
        ("", ""),
    ],
)
def test_a_round_has_the_initials_of_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_colour_of_a_round_is_of_the_id_and_not_of_the_name() -> None:
    assert attributes(avatar("ada", "Ada")) == attributes(avatar("ada", "Countess"))
    assert len({attributes(avatar(f"user {number}", "Ada"))["class"] for number in range(100)}) == 8
