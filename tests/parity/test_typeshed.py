"""What built-in functions and methods accept is what typeshed says, or it is refused by its name: each call of each."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from build.compiler.builtins import FUNCTIONS
from build.compiler.infer.accepted import takes
from build.compiler.infer.methods import BY_SHAPE, PLAIN, Signatures
from build.compiler.infer.signatures import ACCEPTED, SIMPLE
from build.compiler.types import BYTES, FLOAT, INT, STR, DictT, FunctionT, ListT, SetT, TupleT, Type
from tests.parity.stubs import Overload, Parameter, functions, methods
from tests.parity.typeshed import (
    LEFT_OUT,
    RECEIVERS,
    Asked,
    asked_of_functions,
    asked_of_methods,
    printed_by_python,
    printed_by_script,
    refused_of,
)

OWNERS: dict[str, Type] = {
    "str": STR,
    "bytes": BYTES,
    "int": INT,
    "float": FLOAT,
    "list": ListT(INT),
    "tuple": TupleT((), INT),
    "dict": DictT(STR, INT),
    "set": SetT(INT),
}
# It may rise, and falls only with a method that is taken away.
COMPARED = {
    "str": 178,
    "bytes": 75,
    "int": 17,
    "float": 1,
    "list": 34,
    "tuple": 8,
    "dict": 32,
    "set": 19,
    "frozenset": 12,
    "builtins": 336,
    "math": 39,
}


def table(owner: Type) -> Signatures:
    if owner in PLAIN:
        return PLAIN[owner]
    (made,) = [make for shape, make in BY_SHAPE if isinstance(owner, shape)]
    return made(owner)


def all_calls(owner: str) -> list[Asked]:
    if owner == "builtins":
        return asked_of_functions("builtins", sorted(FUNCTIONS - LEFT_OUT))
    if owner == "math":
        return asked_of_functions("math", sorted(functions("math")))
    return asked_of_methods(owner)


def is_known(one: Asked, by_python: list[str], by_script: list[str]) -> bool:
    """docs/PYTHON_SUBSET.md says why: TypeErrors, no complex numbers, the last digit of powers and waves."""
    if "TypeError" in by_python or "j)" in by_python[0]:
        return True
    numeric = one.name == "pow" or one.owner == "math"
    return numeric and all(map(_is_near, by_python, by_script))


def _is_near(one: str, other: str) -> bool:
    try:
        return math.isclose(float(one), float(other), rel_tol=1e-15)
    except ValueError:
        return one == other


def is_named(one: Asked, said: str) -> bool:
    """Does a refusal say what it does not take? Text of what the call gives is print's own refusal, and a wrong
    specification is shown itself.
    """
    shown = any(code in said for code in ("CW064", "CW065"))
    return shown or any(f"`{word}`" in said or f"{word}(" in said or f"{word}=" in said for word in one.words)


@pytest.mark.no_cover
@pytest.mark.parametrize("owner", [*RECEIVERS, "builtins", "math"])
def test_each_call_does_what_cpython_does_or_is_refused_by_name(owner: str, tmp_path: Path) -> None:
    asked = all_calls(owner)
    refused: dict[Asked, str] = {}
    while len(more := refused_of([one for one in asked if one not in refused])) > 0:
        refused.update(more)
    compiled = [one for one in asked if one not in refused]
    by_python, by_script = printed_by_python(compiled), printed_by_script(compiled, tmp_path / "js")
    differs = [
        f"{one.text}: {by_python[one]} {by_script[one]}"
        for one in compiled
        if by_python[one] != by_script[one] and not is_known(one, by_python[one], by_script[one])
    ]
    assert differs == []
    assert [f"{one.text}: {said}" for one, said in refused.items() if not is_named(one, said)] == []
    assert not any("CW099" in said for said in refused.values())
    assert len(compiled) >= COMPARED[owner]


@pytest.mark.parametrize("owner", OWNERS)
def test_each_method_is_spelled_as_in_typeshed(owner: str) -> None:
    known = methods(owner)
    for name, signature in table(OWNERS[owner]).items():
        assert fits_one(signature, known[name]), f"{owner}.{name}"


def test_each_function_is_spelled_as_in_typeshed() -> None:
    for module in ("builtins", "math"):
        known = functions(module)
        for name, signature in SIMPLE.items():
            plain = name.removeprefix(f"{module}.")
            if name == f"{module}.{plain}" or (module == "builtins" and "." not in name):
                assert fits_one(signature, known[plain]), name


def test_each_function_of_the_subset_says_what_it_takes() -> None:
    assert {*ACCEPTED, *SIMPLE} >= FUNCTIONS - {"super", "issubclass"}
    for name in ACCEPTED:
        known = takes(name)
        assert known is not None
        assert known.needed <= len(known.places), name


def fits_one(signature: FunctionT, overloads: list[Overload]) -> bool:
    """The same names in the same order, by place or by name as there, and needed where they are needed."""
    least = min(sum(1 for param in overload if not param.has_default) for overload in overloads)
    return any(_is_part(signature, overload, least) for overload in overloads)


def _is_part(signature: FunctionT, overload: Overload, least: int) -> bool:
    """`least` arguments are needed by one overload at least: the next ones may be left out."""
    mine = [
        Parameter(param.name, "name" if param.kw_only else "place" if param.by_place else "both", "", param.has_default)
        for param in signature.params or ()
    ]
    theirs = [
        Parameter(param.name, param.kind, "", param.has_default or index >= least or param.kind == "name")
        for index, param in enumerate(overload)
    ]
    if any(param.kind == "many" for param in overload):
        return len(mine) == 1 and mine[0].name == theirs[0].name
    return len(mine) <= len(theirs) and all(map(_is_one, mine, theirs))


def _is_one(mine: Parameter, theirs: Parameter) -> bool:
    """The subset may ask for what could be left out; then that is refused by name."""
    return (mine.name, mine.kind) == (theirs.name, theirs.kind) and (theirs.has_default or not mine.has_default)
