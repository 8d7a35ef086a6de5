import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widget.wire.name_cases import NAMES, STAY, ZWJ, ZWNJ
from widget.wire.blank import is_blank
from widget.wire.marks import without_piles
from widget.wire.names import alike, clean_name

pytestmark = pytest.mark.no_cover


@pytest.mark.parametrize(("given_name", "kept"), NAMES)
def test_members_clean_a_name_as_the_services_do(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept
    assert clean_name(kept) == kept


LETTERS = st.one_of(st.characters(), st.sampled_from("".join(STAY) + ZWNJ + " \u202e\u0301"))


@given(st.text(alphabet=LETTERS, max_size=60))
def test_a_clean_name_stays_and_shows_something(text: str) -> None:
    name = clean_name(text)
    assert clean_name(name) == name
    assert name == "" or not is_blank(name)


def test_names_that_look_the_same_are_alike() -> None:
    assert alike("Ann Marie") == alike("ann  MARIE") != alike("Ann Mary")
    assert alike(f"\u0645\u06cc{ZWNJ}\u062e") == alike("\u0645\u06cc\u062e")
    assert alike(f"👨{ZWJ}👩") == alike("👨👩")


NOTHING = (
    "\t\n \x00\x85\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u2000\u200b\u200d\u202e\u2028\u2060\u2064\u206f"
    "\u2800\u3000\u3164\ufe00\ufe0f\ufeff\uffa0\U000e0001\U000e0061\U000e01ef"
)


@pytest.mark.parametrize("char", NOTHING)
def test_what_shows_nothing_is_blank(char: str) -> None:
    assert is_blank(char)
    assert is_blank(f" {char}{char}")
    assert not is_blank(f"{char}a")


@pytest.mark.parametrize("text", [".", "\u0301", "\u00b7", "👍", "\u0627", "_", "\u2014"])
def test_what_shows_something_is_not_blank(text: str) -> None:
    assert not is_blank(text)


def test_everything_that_unicode_lets_programs_ignore_is_blank() -> None:
    kinds = ("Cf", "Cc", "Zs", "Zl", "Zp")
    found = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in kinds]
    seen = [char for char in found if not is_blank(char)]
    # Signs before a number or a name, which are seen: Arabic, Syriac, Kaithi; and Egyptian ones between pictures.
    assert all(0x600 <= ord(char) <= 0x8E2 or 0x110BD <= ord(char) <= 0x1343F for char in seen)


@pytest.mark.parametrize("text", [
    "Ti\u1ebfng Vi\u1ec7t", unicodedata.normalize("NFD", "Ti\u1ebfng Vi\u1ec7t"),
    "\u0e17\u0e35\u0e48\u0e19\u0e35\u0e48",
    "\u0e21" + "\u0e32" * 12, "\u0e46" * 12, "\u061f" * 12, "\u0964" * 12, "!" * 99,
    "\u05d1\u05bc\u05b0\u05e8\u05b5\u05d0\u05e9\u05c1\u05b4\u0596\u05d9\u05ea",
    "\u0628\u0650\u0651\u064e\u0670\u0653\u06e1", "\u0915\u094d\u0937\u0947\u0902\u0903",
    "\u1000\u103c\u103d\u103e\u102d\u102f\u1037", "\u17a2\u17d2\u1793\u17b6\u17c6\u1784",
    "\u0f67\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0f83", "👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿" * 5,
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\U00032000" * 20, "\U0002b740" * 20,
])  # fmt: skip
def test_the_marks_of_real_languages_stay(text: str) -> None:
    assert without_piles(text * 3) == text * 3


def test_piles_of_marks_are_cut_to_four_or_eight_on_each_letter() -> None:
    assert without_piles(("z" + "\u0301" * 60) * 99) == ("z" + "\u0301" * 4) * 99
    assert without_piles("\u0e01" + "\u0e49" * 60) == "\u0e01" + "\u0e49" * 4
    assert without_piles("\u05d0" + "\u05b0" * 60) == "\u05d0" + "\u05b0" * 8
    assert len(without_piles("z" + "\u0301\u0301\u0301\u0301\u200d" * 60)) == 9


def test_marks_of_every_script_are_limited() -> None:
    marks = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Mn", "Me", "Mc")]
    assert len(marks) > 2000
    assert [mark for mark in marks if len(without_piles("a" + mark * 20)) > 9] == []


def test_letters_and_digits_of_every_script_are_kept() -> None:
    known = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code))[0] in "LN"]
    assert [char for char in known if len(without_piles(char * 20)) < 20] == []
