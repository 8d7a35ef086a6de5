"""Patterns nobody wrote find in JavaScript what they find in CPython, or are refused."""

from __future__ import annotations

import json
import random
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from build.compiler.depth import DEPTH, room
from build.compiler.patterns.pattern import FORMS, Pattern
from build.compiler.patterns.untranslatable import Untranslatable
from build.node import find_node
from tests.fakes.effort import NIGHT, many

EACH = many(250, 2500)
FIRST = random.SystemRandom().randrange(10**9) if NIGHT else 1
RUNNER = r"""
import { readFileSync } from "node:fs";
const groups = (found) => found && [...found].map((group) => group ?? null);
const used = {
  full: (regex, text) => [groups(regex.exec(text)), regex.test(text)],
  start: (regex, text) => [groups(regex.exec(text)), regex.test(text)],
  any: (regex, text) => [groups(regex.exec(text)), regex.test(text)],
  all: (regex, text, count) => [
    [...text.matchAll(regex)].map(groups),
    text.replace(regex, "<$$>"),
    count > 0 ? null : text.split(regex),
  ],
};
const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(cases.map(([forms, texts, count]) =>
  Object.entries(forms).map(([form, literal]) => {
    const regex = new Function(`return ${literal}`)();
    return texts.map((text) => used[form](regex, text, count));
  }))));
"""
# Letters with another case beyond ASCII (K, s), digits of two scripts, kinds of white space, both sides of 16 bits.
CHARACTERS = "aAbBkKsS019_- .:/^$]\\\n\r\t\u2028\u0665\u00e9\u00c9\u212a\u017f\u3000\ufeff\x1c\U0001f600\U0001d7d8"
LITERALS = [re.escape(char) for char in CHARACTERS]
CLASSES = ["\\d", "\\D", "\\s", "\\S", "\\w", "\\W"]
ANCHORS = ["^", "$", "\\A", "\\Z", "\\b", "(?=a)", "(?!a)", "(?![\\s\\d]b)"]
COUNTS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}?", "{2,}", "{,2}", "{0}", "{1}"]
RANGES = ["a-k", "A-S", "Z-a", "0-9", "+--", "\\t-\\r", "\u0660-\u0669", "\\U0001f600-\\U0001f64f", "\\x00-\\uffff"]
AROUND = ["(?:{})", "(?:{})", "({})", "({})", "(?i:{})", "(?s:{})", "(?={})", "({})\\1", "({})?"]
FLAGS = [0, re.ASCII, re.ASCII | re.IGNORECASE, re.ASCII | re.IGNORECASE, re.ASCII | re.DOTALL]


class Author:
    """Writes patterns and texts that they may match; `chance` alone decides."""

    def __init__(self, start: int) -> None:
        self.chance = random.Random(start)

    def pattern(self, depth: int = 3) -> str:
        kind = self.chance.randrange(10) if depth > 0 else 0
        if kind < 4:
            return self.one() + (self.chance.choice(COUNTS) if self.chance.random() < 0.4 else "")
        if kind < 7:
            return "".join(self.pattern(depth - 1) for _ in range(self.chance.randint(2, 4)))
        inner = "|".join(self.pattern(depth - 1) for _ in range(self.chance.choice((1, 1, 2, 3))))
        wrapped = self.chance.choice(AROUND).format(inner)
        return wrapped + (self.chance.choice(COUNTS) if self.chance.random() < 0.4 else "")

    def one(self) -> str:
        kind = self.chance.randrange(10)
        if kind < 7:
            return self.chance.choice(LITERALS)
        if kind < 8:
            return self.chance.choice([*CLASSES, ".", *ANCHORS])
        items = self.chance.choices([*LITERALS, *CLASSES, *RANGES], k=self.chance.randint(1, 4))
        return f"[{self.chance.choice(['', '', '^'])}{''.join(items)}]"

    def texts(self, pattern: str) -> list[str]:
        """Short ones, mostly of the characters that the pattern names."""
        letters = [char for char in pattern if char in CHARACTERS] * 3 + list(CHARACTERS)
        return ["", *("".join(self.chance.choices(letters, k=self.chance.randint(1, 7))) for _ in range(11))]


def drawn(count: int, start: int) -> tuple[list[tuple[Pattern, list[str]]], int]:
    """`count` patterns that can be translated, each with texts to try it on, and how many were refused on the way."""
    author = Author(start)
    found: list[tuple[Pattern, list[str]]] = []
    refused = 0
    while len(found) < count:
        text = author.pattern()
        try:
            pattern = Pattern(text, int(author.chance.choice(FLAGS)))
        except Untranslatable:
            refused += 1
            continue
        found.append((pattern, author.texts(text)))
    return found, refused


def in_python(pattern: Pattern, form: str, text: str) -> list[Any]:
    """What tests/compiler/test_patterns.py's RUNNER says, by CPython."""
    regex = re.compile(pattern.text, pattern.flags)
    if form == "all":
        found = [[match[0], *match.groups()] for match in regex.finditer(text)]
        return [found, regex.sub("<$>", text), None if pattern.count > 0 else regex.split(text)]
    method = {"full": regex.fullmatch, "start": regex.match, "any": regex.search}[form]
    match = method(text)
    return [None if match is None else [match[0], *match.groups()], match is not None]


def in_node(cases: list[tuple[dict[str, str], list[str], int]], folder: Path) -> Any:
    (folder / "run.mjs").write_text(RUNNER, "utf-8")
    (folder / "cases.json").write_text(json.dumps(cases), "utf-8")
    command = [find_node(), str(folder / "run.mjs"), str(folder / "cases.json")]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)


def differences(cases: list[tuple[Pattern, list[str]]], folder: Path) -> list[str]:
    """The cases where both do not find the same."""
    forms = [
        {
            form: pattern.literal(form)
            for form in sorted(set(FORMS.values()) - ({"all"} if pattern.may_be_empty else set()))
        }
        for pattern, _ in cases
    ]
    found = in_node([(form, texts, pattern.count) for form, (pattern, texts) in zip(forms, cases, strict=True)], folder)
    wrong: list[str] = []
    for (pattern, texts), literals, results in zip(cases, forms, found, strict=True):
        for (form, literal), seen in zip(literals.items(), results, strict=True):
            for text, there in zip(texts, seen, strict=True):
                here = in_python(pattern, form, text)
                if here != there:
                    wrong.append(f"{pattern.text!r} {pattern.flags} {literal} on {text!r}: {here} {there}")
                for match in [here[0]] if form != "all" else here[0]:
                    assert match is None or all(match[group] is not None for group in pattern.always)
    return wrong


@pytest.mark.parametrize("text", [r"[\w-]", r"\W", r"[^\w\s]"])
def test_words_of_all_scripts_are_those_of_cpython(text: str, tmp_path: Path) -> None:
    # What this CPython's Unicode does not know yet, the browser's may.
    known = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    pattern = Pattern(text)
    found = in_node([({"full": pattern.literal("full")}, known, 0)], tmp_path)[0][0]
    regex = re.compile(text)
    assert [char for char, there in zip(known, found, strict=True) if there[1] != bool(regex.fullmatch(char))] == []


@pytest.mark.parametrize("shard", range(many(2, 10)))
def test_random_patterns_find_what_cpython_finds(shard: int, tmp_path: Path) -> None:
    cases, refused = drawn(EACH, FIRST + shard)
    assert refused < 3 * EACH
    wrong = differences(cases, tmp_path)
    assert wrong == [], f"{len(wrong)} differ, seed {FIRST + shard}"


def test_groups_nest_as_deeply_as_expressions_do_and_no_deeper() -> None:
    with room():
        assert Pattern("(a" * DEPTH + ")" * DEPTH).literal("full").startswith("/^(a(a")
        for count in (DEPTH + 1, 20_000):
            with pytest.raises(Untranslatable, match="groups inside each other"):
                Pattern("(a" * count + ")" * count)
