"""CPython's own tests become programs; what the compiler refuses is left out, and a difference is seen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.strangers import library
from tests.strangers.differences import NAMED, PRINTED, plain
from tests.strangers.library import LIBRARY, TOPICS, Topic, programs
from tests.strangers.sides import compare

ROOT = Path(__file__).resolve().parents[2]
SUBSET = (ROOT / "docs" / "PYTHON_SUBSET.md").read_text("utf-8")
TESTS = '''
import unittest

WORDS = ["a", "b"]

class Case(unittest.TestCase):
    type2test = list
    limit = 3

    def setUp(self):
        self.numbers = [1, 2, 3]

    def test_much(self):
        """Text."""
        self.assertEqual(len(WORDS), 2)
        self.assertEqual(self.type2test("ab"), WORDS)
        self.assertTrue(self.numbers)
        self.assertEqual(self.numbers.index(self.limit), 2)
        for word in WORDS:
            self.assertEqual(word.upper(), word.upper())
            self.assertEqual(word.swapcase(), "A")
        self.assertRaises(ValueError, int, "x")
        self.assertRaises(ValueError, lambda: [].index(1))
        self.assertRaises(TypeError, len, 1)
        with self.assertRaises(IndexError):
            WORDS[7]
        with self.subTest(1):
            self.assertIn("a", WORDS)
        self.checkequal(1, "aab", "find", "ab")
        self.assertEqual(re.sub("a+", "x", "baa"), "bx")
        self.assertEqual(2 ** 60 // 2 ** 59, 2)
        self.assertEqual({}["k"], 2)

    def test_not_a_number(self):
        nan = float("nan")
        self.assertEqual([1.0, nan], [1.0])
        self.assertFalse(float("nan") in [nan])
        self.assertEqual(max(1, 2), 2)

    def test_classes(self):
        @dataclass
        class Point:
            x: int
        self.assertEqual(Point(1), Point(1))
        self.assertEqual(Point(1).y, 1)

    def helper(self):
        self.assertEqual(1, 2)

HELP = """
>>> x = [i * i for i in range(4)]
>>> x
[0, 1, 4, 9]
>>> x[9]
Traceback (most recent call last):
IndexError: list index out of range
"""
'''


@pytest.fixture
def topic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Topic:
    (tmp_path / "test_made.py").write_text(TESTS, "utf-8")
    monkeypatch.setattr(library, "LIBRARY", tmp_path)
    return Topic("test_made.py", {"type2test": "list"})


def test_what_is_left_is_compared_and_a_difference_is_told(topic: Topic) -> None:
    refused: Counter[str] = Counter()
    same, differences = compare(programs(topic), refused)
    assert [one.program for one in differences] == ["test_made[list].Case.test_not_a_number"]
    (difference,) = differences
    assert difference.statement.endswith("repr(not float('nan') in [nan]))")
    assert difference.cpython.endswith(" True")
    assert difference.compiled.endswith(" False")
    # Of test_much all but what is refused, the TypeError, 2 ** 60 and what raises on CPython; of the others these.
    assert same == 10 + 2 + 1 + 1
    assert refused["CW069"] > 0
    assert not any(code.startswith("CW099") for code in refused)


def test_the_programs_hold_what_the_tests_ask(topic: Topic) -> None:
    much, *_ = programs(topic)
    text, owners = much.written()
    assert "self" not in text.replace("self_", "")
    assert "    WORDS = ['a', 'b']" in text
    assert "    self_limit = 3" in text
    assert "    self_numbers = [1, 2, 3]" in text
    assert "PATTERN_0 = re.compile('a+')" in text
    assert "except TypeError" not in text
    assert text.split("\n")[min(owners) - 1] == "PATTERN_0 = re.compile('a+')"


def test_sets_are_compared_in_any_order_and_texts_are_left_alone() -> None:
    assert plain("[{2, 'b', 1}, 0]") == plain("[{1, 2, 'b'}, 0]")
    assert plain("frozenset({2, 1})") == plain("frozenset({1, 2})") != plain("{1, 2}")
    assert plain("'{2, 1}'") != plain("'{1, 2}'")
    assert plain("{2: 1, 3: 4}") != plain("{3: 4, 2: 1}")
    assert plain("{{2, 1}}") == plain("{{1, 2}}")
    assert plain("bytearray(b'a')") == "b'a'"
    assert plain("C(x=<stranger.Mutable object at 0x7f96>)") == "C(x=<object>)"


def test_what_may_differ_is_named_on_the_page() -> None:
    page = " ".join(SUBSET.split("## What still differs from CPython")[1].split("\n## ")[0].split())
    assert [words for words in [*PRINTED, *(named.words for named in NAMED)] if words not in page] == []


def test_this_python_has_most_of_the_files() -> None:
    there = [topic for topic in TOPICS if (LIBRARY / topic.file).is_file()]
    assert len(there) > 50 or len(there) == 0, "files were renamed"
