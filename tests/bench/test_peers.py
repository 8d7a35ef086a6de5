"""Programs beside other compilers: what is right, what it weighs and how long it works are of one and the same script.

The other compilers are not installed for tests: a side that refuses and one that is wrong stand for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.kernels.compiled import ALGORITHMS, FOLDER, ROOT
from bench.peers.changes import CHANGES, PSCRIPT, TRANSCRYPT, Change, changed
from bench.peers.figures import PROGRAMS, TIMES, Figures, compare, expected, race
from bench.peers.running import Answer, Running
from bench.peers.sides import HAND, SIDES, Refused, Side, pscript
from bench.peers.table import peer_lines

pytestmark = pytest.mark.no_cover

JAVASCRIPT = ("Math", "toFixed")  # programs that say this are no Python any more


def source(program: str) -> str:
    return (FOLDER / f"{program}.py").read_text("utf-8")


def side(name: str) -> Side:
    (found,) = [each for each in SIDES if each.name == name]
    return found


def refusing(_text: str, _name: str, _folder: Path) -> str:
    raise Refused("I know no sets")


def wrong(_text: str, _name: str, _folder: Path) -> str:
    return "export const kernel = { run: (times) => `${times} boards` }"


def throwing(_text: str, _name: str, _folder: Path) -> str:
    return "export const kernel = undefined.run"


def picky(text: str, name: str, folder: Path) -> str:
    """Takes the program only with what is changed for PScript."""
    return refusing(text, name, folder) if "set()" in text else HAND.make(text, name, folder)


class Recorded(Running):
    """Says what it would have been asked; a thousandth of a second for each time."""

    def __init__(self, name: str, asked: list[tuple[str, int]]) -> None:
        object.__setattr__(self, "asked", asked)
        object.__setattr__(self, "name", name)

    def ask(self, times: int) -> Answer:
        self.asked.append((self.name, times))  # type: ignore[attr-defined]
        return Answer(times * 1000.0, "")


def test_rounds_go_in_turn_forwards_and_backwards_and_are_equally_long() -> None:
    asked: list[tuple[str, int]] = []
    racing = [(Recorded(name, asked), Figures("queens", name)) for name in "abc"]
    race(racing, rounds=2)
    assert asked[-6:] == [(name, 100) for name in "abccba"]
    assert [figures.us for _, figures in racing] == [[1000.0, 1000.0]] * 3
    assert sum(times for name, times in asked if name == "a") >= 400 + 200  # warm


def test_every_side_is_right_and_brython_weighs_what_a_page_loads() -> None:
    hand, ours, brython = compare("nbody", [HAND, side("ours"), side("Brython")], rounds=1)
    assert [figures.refused for figures in (hand, ours, brython)] == ["", "", ""]
    assert [len(figures.us) for figures in (hand, ours, brython)] == [1, 1, 1]
    assert min(hand.us + ours.us + brython.us) > 0
    assert len(hand.script) < len(ours.script) < 10_000 < 900_000 < len(brython.script)
    assert b'"dataclasses":[".py"' in brython.script
    assert b'"random":[".py"' not in brython.script  # of the library, but not asked for


def test_a_greeting_tells_what_a_script_weighs_at_the_least() -> None:
    assert PROGRAMS[0] == "hello"
    hand, ours = compare("hello", [HAND, side("ours")], rounds=1)
    assert [figures.refused for figures in (hand, ours)] == ["", ""]
    assert len(hand.script) <= len(ours.script) < 250


def test_a_peer_that_cannot_is_said_so_in_its_own_words() -> None:
    sides = [HAND, Side("refuses", refusing), Side("throws", throwing), Side("errs", wrong), Side(PSCRIPT, picky)]
    found = compare("queens", sides, rounds=0)
    for figures in found:
        figures.us.append(7.0)
    rows = peer_lines(found)
    assert "| queens | refuses | **no** | | | | |" in rows
    assert "| queens | refuses | I know no sets |  |" in rows
    assert "| queens | errs | gives `100 boards` |  |" in rows
    (thrown,) = [row for row in rows if row.startswith("| queens | throws | TypeError: ")]
    assert "undefined" in thrown
    (taken,) = [row for row in rows if row.startswith(f"| queens | {PSCRIPT} | changed | ")]
    assert taken.endswith(" | 7.0 | 1.00 |")
    assert f"| queens | {PSCRIPT} | I know no sets | lists for sets; the text of a list by hand |" in rows


def test_a_row_is_the_median_and_its_ratio_to_the_hand_written_one() -> None:
    hand = Figures("nbody", "by hand", script=b"a" * 2000, us=[2.0, 1.0, 90.0])
    other = Figures("nbody", "PScript", script=b"ab" * 1000, us=[3.0, 5.0, 4.0])
    rows = [line for line in peer_lines([hand, other]) if line.startswith("| nbody")]
    packed = hand.packed_bytes
    assert packed < 100
    assert rows[0] == f"| nbody | by hand | yes | 2,000 | {packed} | 2.0 | 1.00 |"
    assert rows[1].endswith("| 4.0 | 2.00 |")


@pytest.mark.parametrize(("peer", "program"), CHANGES)
def test_what_is_changed_for_a_peer_is_in_the_program_and_changes_nothing_on_cpython(peer: str, program: str) -> None:
    """Unless it is JavaScript's: that is left out here."""
    assert peer in (TRANSCRYPT, PSCRIPT)
    assert program in ALGORITHMS
    changes = CHANGES[peer, program]
    changed(source(program), changes)
    python = [change for change in changes if not any(word in change.after + change.said for word in JAVASCRIPT)]
    python = [change for change in python if change.after != "" or "import math" not in change.before]
    names: dict[str, Any] = {"__name__": f"changed_{program}"}
    exec(compile(changed(source(program), python), f"{program}.py", "exec"), names)
    assert names["Kernel"]().run(TIMES) == expected(program)


def test_a_change_of_what_a_program_does_not_say_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"bench/peers/changes\.py"):
        changed("one = 1", [Change("two", "three", "")])


def test_without_the_other_compilers_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("bench.peers.sides.PEERS", tmp_path / "none")
    with pytest.raises(FileNotFoundError, match=r"make \.work/steps/peers"):
        pscript("", "queens", tmp_path)


def test_only_the_benchmark_installs_the_other_compilers() -> None:
    rules = [line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "$(STEP)/peers" in line]
    assert [line.partition(":")[0] for line in rules] == ["bench", "$(STEP)/peers"]
