"""Learned letters of local variables: a file of them, how they are tried, and that nobody can tell which one has."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from build.compiler.shorten import LETTERS
from build.compiler.sourcemap import SourceMap
from build.learn_locals import Trial, learned_locals
from build.locals import (
    Locals,
    Variable,
    chosen,
    named_as,
    read_locals,
    read_variables,
    said,
    spelled,
    with_letters,
    written_locals,
)
from build.minify import MinifyFailed, Piece
from build.node import find_node

# What could be mistaken: shadows, closures, blocks, patterns, defaults, names of functions and classes, labels.
SAMPLE = """(() => {
  var log = [];
  var a = 7;
  function put(t) { log.push(t + a); }
  var B = class {
    constructor(t, s = t) { this.t = t; this.s = s; }
    get sum() { return this.t + this.s; }
    static of({ t: t, s = 4, ...i }) { let e = new B(t, s); e.more = Object.keys(i).length; return e; }
    ["na" + a](t) { return [t].map((s) => { let t = s * 2; return t + s; })[0]; }
  };
  var fact = function s(t) { return t < 2 ? 1 : t * s(t - 1); };
  var make = (t, s) => { let i = []; for (let e = 0; e < t; e++) { let t = e * s; i.push(() => t + e); } return i; };
  var odd = (t) => { t: for (let s of t) { for (let i of s) { if (i < 0) continue t; if (i > 8) break t; put(i); } } };
  var guarded = (t) => { try { throw { s: t }; } catch ({ s: s }) { let t = s + 1; return { t, s }; } };
  var plain = (t) => {
    try { t(); } catch (s) { return typeof s; } finally { put(t.length); }
    switch (t.length) { case 0: let i = 3; return i; }
  };
  var old = function (t) {
    var s = t;
    { var i = s + 1; function e() { return i; } }
    for (var h in { x: 1 }) s += h;
    return s + e();
  };
  var named = class t { me() { return t === named; } };
  var late = (t) => { let s = () => i + t, i = 5; return s(); };
  for (let t of make(3, 10)) put(t());
  put(B.of({ t: 2, x: 1, y: 2 }).sum); put(B.of({ t: 2, x: 1 }).more); put(new B(3).na7(5)); put(fact(5)); put(late(1));
  odd([[1, -1, 2], [3, 9, 4], [5]]); put(JSON.stringify(guarded(1))); put(plain(() => 1)); put(old(2));
  put(String(new named().me())); put(((t, s) => `${t}${[s].map((i) => `${i}${t}`)}`)(1, 2));
  put(plain(() => { throw 1; }));
  globalThis.log = log;
})();
"""


def mapped(code: str = SAMPLE) -> Piece:
    """Each variable leads to its own place, in one of two files."""
    found = SourceMap()
    starts = [0]
    for line in code.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for place, name in sorted((place, one.name) for one in read_variables(code) for place in one.places):
        row = next(row for row, start in enumerate(starts) if start > place) - 1
        found.add(row, place - starts[row], row, place - starts[row], f"long_{name}")
    encoded = {**found.encode("a.mjs", "a.py", code), "sources": ["../../widget/a.py"]}
    return Piece(code, json.dumps(encoded))


def run(code: str) -> object:
    asked = f"{code}\nprocess.stdout.write(JSON.stringify(globalThis.log))"
    done = subprocess.run([find_node(), "-e", asked], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def any_locals(seed: int) -> Locals:
    """For all variables there are, many of them taken, and some that are no letters."""
    script = mapped()
    variables = read_variables(script.code)
    chance = random.Random(seed)
    return said(script, variables, [chance.choice([*LETTERS[:6], "9", "-"]) for _ in variables])


@pytest.mark.parametrize("seed", [1])
def test_with_any_letters_the_program_does_the_same(seed: int) -> None:
    made = spelled(mapped(), any_locals(seed))
    assert made.code != SAMPLE
    assert len(made.code) == len(SAMPLE)
    assert run(made.code) == run(SAMPLE)


def test_a_variable_has_its_letter_where_no_other_could_be_meant() -> None:
    code = "(() => { globalThis.log = ((t, s) => [t].map((i) => i + s + Q))(1, 2); var Q = 3; })();"
    script = mapped(code)
    names = ("long_t", "long_s", "long_i")
    wanted = dict(zip((("widget/a.py", name) for name in names), "xyx", strict=True))
    assert "((x, y) => [x].map((x) => x + y + Q))" in spelled(script, wanted).code
    wanted = dict(zip((("widget/a.py", name) for name in names), "xyy", strict=True))
    assert "((x, y) => [x].map((i) => i + y + Q))" in spelled(script, wanted).code
    wanted = dict(zip((("widget/a.py", name) for name in names), "xyQ", strict=True))
    assert "((x, y) => [x].map((i) => i + y + Q))" in spelled(script, wanted).code


def test_names_of_the_page_are_not_hidden() -> None:
    code = "(() => { globalThis.log = ((t) => [t, typeof x].map((i) => typeof y))(1); })();"
    script = mapped(code)
    wanted = {("widget/a.py", "long_t"): "x", ("widget/a.py", "long_i"): "y"}
    assert spelled(script, wanted).code == code
    wanted = {("widget/a.py", "long_t"): "z", ("widget/a.py", "long_i"): "x"}
    assert spelled(script, wanted).code == code.replace("(t)", "(z)").replace("[t,", "[z,").replace("(i)", "(x)")


def test_what_has_two_meanings_or_is_longer_keeps_its_name() -> None:
    code = "(() => { globalThis.log = ((t, long) => ({ t, long }))(1, 2); })();"
    assert [one.name for one in read_variables(code) if one.is_own] == []


def test_letters_that_change_what_the_script_does_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build.locals.chosen", lambda variables, _: ["s" for _ in variables])
    with pytest.raises(MinifyFailed, match="letters of local variables"):
        spelled(mapped(), any_locals(1))


def test_where_letters_are_too_few_all_stays() -> None:
    around = tuple(range(1, len(LETTERS) + 1))
    variables = [Variable("t", (), around, frozenset(), True)]
    variables += [Variable("s", (), (0,), frozenset(), True) for _ in around]
    assert chosen(variables, ["", *LETTERS]) == ["t", *["s" for _ in around]]
    assert chosen(variables, ["", *LETTERS[1:], "e"]) == ["t", *LETTERS[1:], "e"]


def test_variables_of_one_name_are_told_apart_by_their_places() -> None:
    code = "(() => { globalThis.log = [((t) => t)(1), ((t) => t)(2)]; })();"
    wanted = {("widget/a.py", "long_t"): "xy"}
    made = spelled(mapped(code), wanted)
    assert "((x) => x)(1), ((y) => y)(2)" in made.code
    assert said(made, read_variables(made.code), [one.name for one in read_variables(made.code)]) == wanted


def test_a_try_changes_all_that_have_to_follow_and_nothing_else() -> None:
    variables = read_variables(SAMPLE)
    trial = Trial(SAMPLE, variables)
    chance = random.Random(1)
    swaps = 0
    for _ in range(500):
        changed = trial.swapped(chance.choice(trial.own), chance.choice(LETTERS[:8]))
        trial.change(changed)
        swaps += len(changed) > 1
        for one, letter in zip(variables, trial.letters, strict=True):
            assert letter not in one.foreign
            assert all(trial.letters[near] != letter for near in one.near)
    assert swaps > 20
    assert run(trial.text.decode("ascii")) == run(SAMPLE)


def long_sample() -> str:
    """Functions that are alike but for their letters."""
    chance = random.Random(5)
    parts = []
    for at in range(20):
        one, two, three = chance.sample("tsie", 3)
        work = f"{one}.one({two}) + {two}.two({one}) * {three}.six({two})"
        parts.append(f"var f{at} = ({one}, {two}, {three}) => {work};")
    return "(() => {\n" + "\n".join(parts) + "\n})();\n"


def test_it_finds_better_letters_and_the_next_build_takes_them() -> None:
    script = mapped(long_sample())
    told: list[str] = []
    *_, found = learned_locals(script, {}, 240, told.append)
    sizes = [int(text.split()[0]) for text in told]
    assert told[0].endswith(" bytes before\n")
    assert min(sizes) < sizes[0] - 10
    again = [*learned_locals(script, {}, 240, len)][-1]
    assert again == found
    made = spelled(script, found)
    variables = read_variables(made.code)
    assert said(made, variables, [one.name for one in variables]) == found
    assert min(sizes) == int(next(iter(_told(script, found))).split()[0])


def _told(script: Piece, known: Locals) -> list[str]:
    told: list[str] = []
    for _ in learned_locals(script, known, 0, told.append):
        pass
    return told


def test_letters_of_no_source_are_the_minifiers() -> None:
    script = Piece(SAMPLE, json.dumps(SourceMap().encode("a.mjs", "a.py", SAMPLE)))
    assert set(named_as(script, read_variables(SAMPLE))) == {None}
    assert spelled(script, {("widget/a.py", "long_t"): "x"}).code == SAMPLE


def test_every_place_of_a_variable_is_written_anew() -> None:
    code = "(() => { globalThis.log = ((t) => { t = [t, `${t}`, { t: t }.t]; return t; })(1); })();"
    variables = read_variables(code)
    assert with_letters(code, variables, ["x"]) == code.replace("(t)", "(x)").replace(
        "{ t = [t, `${t}`, { t: t }.t]; return t; }", "{ x = [x, `${x}`, { t: x }.t]; return x; }"
    )


def test_the_file_gives_what_was_written(tmp_path: Path) -> None:
    letters = {("widget/a.py", "entry"): "t$_", ("widget/a.py", "at"): "s", ("runtime/text.mjs", ""): "ts"}
    file = tmp_path / "locals.txt"
    file.write_text(written_locals(letters), "utf-8")
    assert file.read_text("utf-8") == "runtime/text.mjs =ts\nwidget/a.py at=s entry=t$_\n"
    assert read_locals(file) == letters


def test_the_letters_of_the_project_are_letters() -> None:
    letters = read_locals()
    assert len(letters) > 1000
    assert set("".join(letters.values())) <= set(LETTERS)
