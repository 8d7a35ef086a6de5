"""Calls of one function: each overload, each parameter by place and by name, each kind of value that it takes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.parity.stubs import Overload, Parameter

# Values by what typeshed says; a class may know better by "owner.parameter" or "function.parameter".
SAMPLES: dict[str, list[str]] = {
    "str": ['"a"', '"an"'],
    "int": ["2", "-2", "0"],
    "SupportsIndex": ["2", "-2", "0"],
    "bool": ["True", "False"],
    "Literal[False]": ["False"],
    "None": ["None"],
    "float": ["2.5", "-1.0"],
    "_SupportsFloatOrIndex": ["2.5", "0.5"],
    "_PositiveInteger": ["3"],
    "_NegativeInteger": ["-3"],
    "Literal[0]": ["0"],
    "complex": ["2.0"],
    "bytes": ['b"a"', 'b"*"'],
    "bytearray": ['b"*"'],
    "ReadableBuffer": ['b"a"', 'b"an"'],
    "SupportsBytes": ['b"ab"'],
    "object": ["1", '"x"'],
    "Any": ["1"],
    "Literal['little', 'big']": ['"big"', '"little"'],
    "tuple[str, ...]": ['("b", "a")', "()"],
    "tuple[ReadableBuffer, ...]": ['(b"b", b"a")'],
    "Iterable[str]": ['["x", "y"]', '("x", "y")', '{"x": 1, "y": 2}', '"xy"'],
    "Iterable[ReadableBuffer]": ['[b"x", b"y"]'],
    "Iterable[SupportsIndex]": ["[1, 2]", "(3, 4)"],
    "Iterable[object]": ["[1, 2]", "{2, 3}", "(1, 9)"],
    "Iterable[bool]": ["[True, False]"],
    "ConvertibleToInt": ['" 12 "', "3", "-2.7", "True", '"x"'],
    "ConvertibleToFloat": ['"1.5"', "2", '"nan"'],
    "Sized": ['"añ"', "[1]", '{"a": 1}', "(1, 2)", "{3}", 'b"xyz"'],
    "SupportsAbs[_T]": ["-2", "-2.5"],
    "_SupportsRound1[_T]": ["2.5", "3.5", "-7"],
    "_SupportsRound2[_T]": ["2.567", "1234", "-0.05"],
    "SupportsNext[_T]": ["iter([1, 2])", "iter(empty)"],
    "SupportsIter[_SupportsNextT_co]": ["[1, 2]", '"ab"'],
    "_GetItemIterable[_T]": ["[1, 2]"],
    "_SupportsReversed[_T]": ["[1, 2]", "range(3)", '{"a": 1, "b": 2}'],
    "SupportsLenAndGetItem[_T_co]": ['"ab"', "(1, 2)", 'b"ab"'],
    "SupportsRichComparisonT": ["3", "1"],
    "Iterable[SupportsRichComparisonT]": ["[3, 1, 2]", '("b", "a")', "{4, 5}", '{"b": 1, "a": 2}', "empty"],
    "Iterable[_T1]": ["[3, 1, 2]", "empty"],
    "Iterable[_T2]": ['"ab"'],
    "Iterable[_SupportsSumNoDefaultT]": ["[1, 2]", "(1.5, 2.5)", "empty"],
    "Iterable[_AddableT1]": ["[1, 2]"],
    "_AddableT2": ["10", "1.5"],
    "Callable[[_T], SupportsRichComparison]": ["lambda x: -x"],
    "Callable[[_T1], SupportsRichComparison]": ["lambda x: -x"],
    "Callable[[_S], TypeGuard[_T]]": ["lambda x: x > 1"],
    "Callable[[_S], TypeIs[_T]]": ["lambda x: x > 1"],
    "Callable[[_T], Any]": ["lambda x: x > 1"],
    "Callable[[_T1], _S]": ["lambda x: x + 1", "str"],
    "Callable[[_T1, _T2], _S]": ["lambda x, y: str(x) + y"],
    "Iterable[tuple[_KT, _VT]]": ['[("b", 2)]', '{"c": 3}.items()'],
    "Iterable[tuple[str, _VT]]": ['[("b", 2)]'],
    "SupportsKeysAndGetItem[_KT, _VT]": ['{"b": 2}'],
    "SupportsKeysAndGetItem[str, _VT]": ['{"b": 2}'],
    "_KT": ['"a"', '"z"'],
    "_VT": ["5", "None"],
    "_FormatMapMapping": ['{"a": 1}'],
    "_TranslateTable": ['{97: "b"}'],
    "dict[int, _T]": ['{97: "b"}'],
    "dict[str, _T]": ['{"a": "b"}'],
    "dict[str | int, _T]": ['{"a": "b"}'],
    "Iterable[list[str]]": ['[["a", "b"]]'],
    "Iterable[list[bytes]]": ['[[b"a", b"b"]]'],
    "type": ["int"],
    "Callable[[], _T]": ["lambda: 1"],
    "Callable[[], _T | None]": ["lambda: None"],
    "Callable[[_T1, _T2, _T3], _S]": ["lambda x, y, z: x"],
    "Callable[[_T1, _T2, _T3, _T4], _S]": ["lambda w, x, y, z: w"],
    "Callable[[_T1, _T2, _T3, _T4, _T5], _S]": ["lambda v, w, x, y, z: v"],
    "Callable[..., _S]": ["lambda u, v, w, x, y, z: u"],
    **{key: ["[5, 6]"] for key in [f"Iterable[{name}]" for name in ("_T3", "_T4", "_T5", "Any")]},
    **{
        key: ["2"]
        for key in (
            "_SupportsPow2[_E_contra, _T_co]",
            "_SupportsPow3NoneOnly[_E_contra, _T_co]",
            "_SupportsSomeKindOfPow",
        )
    },
    **{key: ["3"] for key in ("_SupportsPow3[_E_contra, _M_contra, _T_co]", "_E_contra", "_M_contra")},
    "_SupportsCeil[_T]": ["2.5"],
    "Iterable[_SupportsFloatOrIndex]": ["[2.5, 1.0]"],
    "_SupportsFloor[_T]": ["2.5"],
    "Iterable[bool | _LiteralInteger]": ["[2.5, 1.0]"],
    "Iterable[_SupportsProdNoDefaultT]": ["[2.5, 1.0]"],
    "_MultiplicableT2": ["2.5"],
    "Iterable[_MultiplicableT1]": ["[2.5, 1.0]"],
    "_SupportsTrunc[_T]": ["2.5"],
    "_ClassInfo": ["int", "(str, int)"],
    "SupportsWrite[str]": ["None"],
    "_SupportsWriteAndFlush[str]": ["None"],
    **{key: ["1", "3"] for key in ("_T", "_S", "_T_co", "_T_contra", "_T2")},
    **{key: ["[3, 1]", "(1, 2)"] for key in ("Iterable[_T]", "Iterable[_S]", "Iterable[_T_co]", "Iterable[_T | None]")},
    "SupportsDivMod[_T_contra, _T_co]": ["7", "-7"],
    "SupportsRDivMod[_T_contra, _T_co]": ["7", "-7"],
}
BETTER: dict[str, list[str]] = {
    "fillchar": ['"*"'],
    "bytes.fillchar": ['b"*"'],
    "bytes.sub": ['b"a"', "97", 'b""', "300"],
    "str.sub": ['"a"', '"an"', '""', '"x"'],
    "str.old": ['"a"', '""'],
    "str.sep": ['"a"', '" "', "None"],
    "str.chars": ['"a"', '"b "', "None"],
    "encoding": ['"utf-8"', '"ascii"'],
    "errors": ['"strict"', '"replace"'],
    "ord.c": ['"a"', '"😀"'],
    "chr.i": ["97", "-1", "128512"],
    "int.base": ["16", "2"],
    "bytes.string": ['"00ff"', '"zz"'],
    "from_bytes.bytes": ['b"\\x01\\x02"', "[1, 2]"],
    "to_bytes.length": ["2", "0"],
    "byteorder": ['"big"', '"little"'],
    "enumerate.start": ["5"],
    "range.step": ["2", "-1", "0"],
    "list.index": ["0", "-1", "9"],
    "json.s": ['"[1, true]"', '"["', 'b"2"'],
    "json.obj": ['{"b": 1, "a": [True, None, "é"]}'],
    "separators": ['(",", ":")', '("; ", "=")'],
}


def calls(owner: str, name: str, overloads: list[Overload]) -> dict[str, None]:
    """The texts of arguments: "'a', 2", "x, key=None"; in a fixed order without repeats."""
    return dict.fromkeys(given for overload in overloads for given in _of(owner, name, overload))


def _of(owner: str, name: str, overload: Overload) -> Iterator[str]:
    placed = [param for param in overload if param.kind in ("place", "both")]
    needed = [param for param in placed if not param.has_default]
    must = [f"{p.name}={first(owner, name, p)}" for p in overload if p.kind == "name" and not p.has_default]
    base = [first(owner, name, param) for param in needed]
    yield _joined([*base, *must])
    for index, param in enumerate(placed):
        ahead = [first(owner, name, other) for other in placed[:index]]
        behind = [first(owner, name, other) for other in placed[index + 1 : len(needed)]]
        for value in samples(owner, name, param):
            yield _joined([*ahead, value, *behind, *must])
        if param.kind == "both":
            named = [f"{other.name}={first(owner, name, other)}" for other in placed[index + 1 : len(needed)]]
            short = ahead[: max(len(needed), 0)] if param.has_default else ahead
            for value in samples(owner, name, param):
                yield _joined([*short, f"{param.name}={value}", *named, *must])
    for param in overload:
        rest = [other for other in must if not other.startswith(f"{param.name}=")]
        for value in samples(owner, name, param) if param.kind in ("name", "many", "others") else []:
            if param.kind == "many":
                yield _joined([*base, value, value, *rest])
            else:
                yield _joined([*base, *rest, f"{param.name if param.kind == 'name' else 'more'}={value}"])


def _joined(parts: list[str]) -> str:
    return ", ".join(parts)


def first(owner: str, name: str, param: Parameter) -> str:
    return samples(owner, name, param)[0]


def samples(owner: str, name: str, param: Parameter) -> list[str]:
    """Values for a parameter; raises KeyError where typeshed has a new kind that nobody thought of."""
    for key in (f"{name}.{param.name}", f"{owner}.{param.name}", param.name):
        if key in BETTER:
            return BETTER[key]
    return [value for part in _alternatives(ast.parse(param.annotation, mode="eval").body) for value in SAMPLES[part]]


def _alternatives(node: ast.expr) -> list[str]:
    if isinstance(node, ast.BinOp):
        return [*_alternatives(node.left), *_alternatives(node.right)]
    return [ast.unparse(node)]
