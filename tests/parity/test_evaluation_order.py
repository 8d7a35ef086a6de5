"""Parts of one expression are evaluated in Python's order: what they print, which error comes, what has changed.

In a template `I1` is an int, `S2` a str and so on; the digit tells the parts apart. `X1` is an int made from the name
`x` of a comprehension. Each pair of parts takes every role against each other while the rest keep quiet. By day every
second template is tried.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.effort import many
from tests.parity.fuzz import outcomes

HERE = Path(__file__).parent / "evaluation"
HEAD = (HERE / "parts.py").read_text("utf-8")
EXPRESSIONS, STATEMENTS = (
    (HERE / f"{kind}.txt").read_text("utf-8").splitlines() for kind in ("expressions", "statements")
)
# Its thousands of functions take the lines of the compiler that the scenarios take; tracing costs three times more.
pytestmark = pytest.mark.no_cover
Roles = Callable[[str, str], dict[str, str]]
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


def _waiting(kind: str, at: str) -> dict[str, str]:
    """The same, where what acts is awaited."""
    roles = _roles(kind, at)
    return {role: text for role, text in roles.items() if role.startswith("has")} | {
        "acts": f"(await wait_{kind}('{at}'))"
    }


def _tells(one: str, other: str) -> bool:
    """Do two parts in these roles show which of them comes first?"""
    if "reads" in (one, other):
        return "changes" in (one, other)
    return one != other and "changes" not in (one, other)


def variants(template: str, roles_of: Roles = _roles) -> list[str]:
    """All parts act; then each pair of parts in each pair of roles."""
    roles = {match[0]: roles_of(match[1], match[2]) for match in PART.finditer(template)}
    given = [dict.fromkeys(roles, "acts")]
    for one, other in itertools.combinations(roles, 2):
        pairs = itertools.product(roles[one], roles[other])
        given += [{one: role, other: second} for role, second in pairs if _tells(role, second)]

    def filled(chosen: dict[str, str]) -> str:
        return PART.sub(lambda part: roles[part[0]][chosen[part[0]]] if part[0] in chosen else QUIET[part[1]], template)

    return list(dict.fromkeys(filled(chosen) for chosen in given))


def program(bodies: list[str]) -> str:
    """One function for each body, called one after the other; each ends with its error, if any."""
    word, wait = ("async ", "await ") if any("await " in body for body in bodies) else ("", "")
    lines = [HEAD]
    for number, body in enumerate(bodies):
        lines += ["", "", f"{word}def case{number}() -> None:", *(f"    {line}" for line in body.split("; "))]
    lines += ["", "", f"{word}def main() -> None:"]
    for number in range(len(bodies)):
        lines += [f'    print("case {number}")', "    try:", f"        {wait}case{number}()"]
        lines += ["    except (KeyError, IndexError, ValueError, ZeroDivisionError) as error:"]
        lines += ["        print(type(error).__name__)"]
        lines += ["    print(box.I, box.S, box.L, box.W, sorted(box.G), box.D, box.Y)", "    box.reset()"]
    return "\n".join(lines) + "\n"


def _differing(templates: list[str], folder: Path, roles_of: Roles) -> list[str]:
    templates = templates[:: many(4, 1)]
    texts = [text if text in STATEMENTS or text.startswith("print(") else f"print({text})" for text in templates]
    found = outcomes([program(variants(text, roles_of)) for text in texts], folder)
    assert not any(outcome.beyond for outcome in found)
    return [text for text, outcome in zip(templates, found, strict=True) if outcome.differs or outcome.refused != ""]


@pytest.mark.parametrize("templates", [EXPRESSIONS, STATEMENTS], ids=["expressions", "statements"])
def test_parts_are_evaluated_in_pythons_order(templates: list[str], tmp_path: Path) -> None:
    assert _differing(templates, tmp_path, _roles) == []


def test_parts_that_are_awaited_are_too(tmp_path: Path) -> None:
    """Not inside of generator expressions, where await is another thing."""
    plain = [text for text in [*EXPRESSIONS, *STATEMENTS] if not re.search(r"[PX]\d|for x|\bgrow|longer", text)]
    assert _differing(plain, tmp_path, _waiting) == []
