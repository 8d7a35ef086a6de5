"""Parts of one expression are evaluated in Python's order: what they print, which error comes, what has changed.

In a template `I1` is an int, `S2` a str and so on; the digit tells the parts apart. `X1` is an int made from the name
`x` of a comprehension. Each pair of parts takes every role against each other while the rest keep quiet.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from tests.parity.fuzz import outcomes

HERE = Path(__file__).parent / "evaluation"
HEAD = (HERE / "parts.py").read_text("utf-8")
PART = re.compile(r"\b([A-Z])(\d)\b")

QUIET = {"I": "1", "S": "'b'", "L": "[0, 1, 2]", "W": "['a', 'b']", "G": "{0, 1}", "D": "{'a': 1}", "Y": "b'b'"}
QUIET |= {"X": "x", "P": "range(3)"}


def _roles(kind: str, at: str) -> dict[str, str]:
    """What a part of this kind can be, by what is seen of its order. The two that fail end in different errors."""
    if kind == "P":
        return {"acts": f"walk('{at}')"}
    if kind == "X":
        fails = {"has no key": "named_X[x]", "has no item": "numbered_X[x]"}
        return fails | {"acts": f"call_X('{at}', x)", "reads": "x + box.I", "changes": "x * change_I()"}
    fails = {"has no key": f"named_{kind}['{at}']", "has no item": f"numbered_{kind}[{at}]"}
    return fails | {"acts": f"call_{kind}('{at}')", "reads": f"box.{kind}", "changes": f"change_{kind}()"}


def _tells(one: str, other: str) -> bool:
    """Do two parts in these roles show which of them comes first?"""
    if "reads" in (one, other):
        return "changes" in (one, other)
    return one != other and "changes" not in (one, other)


def _filled(template: str, given: dict[str, str]) -> str:
    def part(match: re.Match[str]) -> str:
        role = given.get(match[0], "")
        return QUIET[match[1]] if role == "" else _roles(match[1], match[2])[role]

    return PART.sub(part, template)


def variants(template: str) -> list[str]:
    """All parts act; then each pair of parts in each pair of roles."""
    parts = [match[0] for match in PART.finditer(template)]
    roles = {part: list(_roles(part[0], part[1:])) for part in parts}
    given = [dict.fromkeys(parts, "acts")]
    for one, other in itertools.combinations(parts, 2):
        pairs = itertools.product(roles[one], roles[other])
        given += [{one: role, other: second} for role, second in pairs if _tells(role, second)]
    return list(dict.fromkeys(_filled(template, roles) for roles in given))


def program(template: str, is_statement: bool) -> str:
    """One function for each variant, called one after the other; each ends with its error, if any."""
    bodies = [text if is_statement or text.startswith("print(") else f"print({text})" for text in variants(template)]
    lines = [HEAD]
    for number, body in enumerate(bodies):
        lines += ["", "", f"def case{number}() -> None:", *(f"    {line}" for line in body.split("; "))]
    lines += ["", "", "def main() -> None:"]
    for number in range(len(bodies)):
        lines += [f'    print("case {number}")', "    try:", f"        case{number}()"]
        lines += ["    except (KeyError, IndexError, ValueError, ZeroDivisionError) as error:"]
        lines += ["        print(type(error).__name__)"]
        lines += ["    print(box.I, box.S, box.L, box.W, sorted(box.G), box.D, box.Y)", "    box.reset()"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("kind", ["expressions", "statements"])
def test_parts_are_evaluated_in_pythons_order(kind: str, tmp_path: Path) -> None:
    templates = (HERE / f"{kind}.txt").read_text("utf-8").splitlines()
    found = outcomes([program(text, kind == "statements") for text in templates], tmp_path)
    wrong = [text for text, outcome in zip(templates, found, strict=True) if outcome.differs or outcome.refused != ""]
    assert wrong == []
    assert not any(outcome.beyond for outcome in found)
