"""Learned letters: a file of them, how they are tried, and that nobody can tell which letter a property has."""

from __future__ import annotations

import ast
import random
import subprocess
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

import pytest

from build.compiler.compile import compile_program
from build.compiler.shorten import LETTERS, Speller, short_names
from build.compiler.source import SourceModule
from build.learn_letters import TOKEN, Marks, Text, aligned, cut, fitting, learned_letters
from build.letters import Letters, read_letters, written
from build.minify import Piece, minify
from build.node import find_node

TRIES = 1000
NAME = "widget.core.sample"
# Of each class the same method. The constructors name the fields in other orders, so that by their places alone
# the methods would be spelled otherwise.
FIELDS = ["apple", "berry", "cherry", "damson"]
CLASS = """
class {name}{base}:
    def __init__(self, {given}) -> None:
{stored}

    def weight(self) -> int:
        first = (self.apple * 2 + self.berry) * 3 + (self.cherry * 3 + self.damson) * 4 + self.berry - self.damson
        other = (self.cherry - self.apple) * 5 + (self.damson * 5 - self.apple) * 6 + self.berry * 9 - self.cherry
        return first * 100 + other * self.damson + self.cherry * self.berry - self.apple * 11

    def swap(self) -> None:
        self.apple, self.cherry = self.cherry, self.apple
"""
CHILD = """
class Child(Fruit0):
    def weight(self) -> int:
        return super().weight() + self.seed

    @property
    def seed(self) -> int:
        return self.damson * 7
"""


def sample() -> str:
    chance = random.Random(5)
    classes = []
    for at in range(8):
        order = chance.sample(FIELDS, len(FIELDS))
        given = ", ".join(f"{name}: int" for name in order)
        stored = "\n".join(f"        self.{name}: int = {name}" for name in order)
        classes.append(CLASS.format(name=f"Fruit{at}", base="", given=given, stored=stored))
    made = "".join(f"    one{at} = Fruit{at}(1, 2, 3, 4)\n    one{at}.swap()\n" for at in range(8))
    sums = " + ".join(f"one{at}.weight() * {at + 1}" for at in range(8))
    shown = f"\ndef shown() -> int:\n{made}    return {sums} + Child(5, 6, 7, 8).weight()\n"
    return "from __future__ import annotations\n\n" + "\n".join([*classes, CHILD, shown])


@cache
def source() -> SourceModule:
    return SourceModule(NAME, "widget/core/sample.py", sample(), ast.parse(sample()))


def minified(spell: Speller) -> Piece:
    module = compile_program({NAME: source()}, spell=spell)[NAME]
    return minify([Piece(module.small, is_module=True)])[0]


def code_with(letters: Letters) -> str:
    return minified(partial(short_names, known=letters)).code


@cache
def expected() -> str:
    names: dict[str, object] = {}
    exec(compile(sample(), "sample", "exec"), names)
    shown = names["shown"]
    assert callable(shown)
    return str(shown())


def run(code: str, folder: Path) -> str:
    file = folder / "sample.mjs"
    file.write_text(code, encoding="utf-8")
    asked = f"import({file.as_uri()!r}).then((all) => process.stdout.write(String(all.shown())))"
    return subprocess.run([find_node(), "-e", asked], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def found(told: list[str]) -> Letters:
    return [*learned_letters({}, minified, TRIES, told.append)][-1]


def test_it_finds_better_letters_and_says_what_it_found(found: Letters, told: list[str]) -> None:
    sizes = [int(text.split()[0]) for text in told]
    assert told[0].endswith(" bytes before\n")
    assert min(sizes) < sizes[0] - 20


def test_as_many_tries_find_the_same(found: Letters) -> None:
    *_, again = learned_letters({}, minified, TRIES, len)
    assert again == found


def test_what_was_found_is_what_the_next_build_takes(found: Letters) -> None:
    marks = Marks(found)
    minified(marks)
    assert dict(zip(marks.names, marks.letters, strict=True)) == found


def any_letters(seed: int) -> dict[str, str]:
    """For all properties there are, many of them taken, no letters, or more than a letter."""
    marks = Marks({})
    minified(marks)
    chance = random.Random(seed)
    return {name: chance.choice([*LETTERS[:6], "then", "", "args", "9"]) for name in marks.names}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_any_letters_the_program_does_the_same(seed: int, tmp_path: Path) -> None:
    code = code_with(any_letters(seed))
    assert code != code_with({})
    assert ".then" not in code
    assert run(code, tmp_path) == expected()


def test_with_the_letters_found_it_does_the_same(found: Letters, tmp_path: Path) -> None:
    assert run(code_with(found), tmp_path) == expected()


def is_sound(marks: Marks, letters: Mapping[int, str]) -> bool:
    """No object has a letter twice."""
    return all(
        letter not in marks.kept[place] and all(letters[near] != letter for near in marks.beside[place])
        for place, letter in letters.items()
    )


def test_after_every_swap_no_object_has_a_letter_twice() -> None:
    marks = Marks({})
    minified(marks)
    chance = random.Random(1)
    letters, swaps = dict(enumerate(marks.letters)), 0
    for _ in range(500):
        changed = marks.swapped([*letters.values()], chance.randrange(len(letters)), chance.choice(LETTERS[:8]))
        letters |= changed
        swaps += len(changed) > 1
        assert is_sound(marks, letters)
    assert swaps > 20


def test_who_has_it_beside_follows_and_so_on() -> None:
    marks = Marks({}, letters=["t", "e", "t"], beside=[{1}, {0, 2}, {1}], kept=[set(), set(), set()])
    assert marks.swapped(marks.letters, 0, "e") == {0: "e", 1: "t", 2: "e"}


def test_where_a_name_stays_no_letter_takes_its_place() -> None:
    marks = Marks({}, names=["a", "b"], letters=["t", "e"], beside=[{1}, {0}], kept=[set(), {"t"}])
    assert marks.swapped(marks.letters, 0, "e") == {}
    assert marks.swapped(marks.letters, 0, "t") == {}
    assert marks.swapped(marks.letters, 0, "i") == {0: "i"}


def test_a_function_that_only_one_script_inlines_is_passed_over() -> None:
    rest = "let a=one.t+two(3);" * 20
    inlined = f"f(a.t);(i=>{{i.e()}})(b);g(a.t);{rest}"
    marked = f"f(a.$000);h(b);g(a.$000);{rest.replace('.t', '.$001')}"
    text = cut(inlined, marked, ["t", "t"])
    assert b"".join(text.parts).decode() == inlined.replace(".t", ".")
    assert text.uses == [0, 0, *[1] * 20]
    pairs = [*aligned(TOKEN.findall(inlined), TOKEN.findall(marked))]
    assert "".join(token for token, _ in pairs) == inlined


def test_a_letter_fits_where_it_stands_between_the_same_words() -> None:
    text = Text([b"call(one.", b")+call(one.", b")-x.", b";y.", b"!"], [0, 1, 2, 3])
    assert fitting(text, ["t", "e", "$", "long"]) == {0: ["e"], 1: ["t"]}


def test_the_file_gives_what_was_written(tmp_path: Path) -> None:
    letters = {"Pair.direct": "t", "Pair.link_up": "$", "Node.tag": "_"}
    file = tmp_path / "letters.txt"
    file.write_text(written(letters), "utf-8")
    assert file.read_text("utf-8") == "Node tag=_\nPair direct=t link_up=$\n"
    assert read_letters(file) == letters


def test_the_letters_of_the_project_are_letters() -> None:
    letters = read_letters()
    assert len(letters) > 1000
    assert set(letters.values()) <= set(LETTERS)
