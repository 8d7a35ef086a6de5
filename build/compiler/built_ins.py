"""The page of what is built in: `python -m build.compiler.built_ins` writes docs/BUILT_INS.md from the tables.

A test compares the page with them, and another the tables with typeshed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from build.compiler.builtins import EXCEPTIONS, QUALIFIED
from build.compiler.infer import methods
from build.compiler.infer.names import MATH
from build.compiler.infer.signatures import ACCEPTED, SIMPLE
from build.compiler.subset import REFUSED_NAMES
from build.compiler.types import INT, CounterT, DequeT, DictT, FunctionT, IterT, ListT, Param, SetT, TupleT, VarT

PAGE = Path(__file__).resolve().parents[2] / "docs" / "BUILT_INS.md"
HEAD = """# What is built in

Every built-in function, method and parameter that the compiler takes; [PYTHON_SUBSET.md](PYTHON_SUBSET.md) has the
language. All of it does what CPython does, or is named there under "What still differs". What is not here is refused at
its place: a method with CW069, a function with CW036, an argument with CW058, CW057 or CW068. Signatures are written as
typeshed writes them: what has `= ...` may be left out, what is before `/` goes by place, what is behind `*` by name.

`python -m build.compiler.built_ins` writes this page from the compiler's tables; a test compares them.
"""
ITEM, KEY, VALUE = VarT("T"), VarT("K"), VarT("V")
METHODS: dict[str, methods.Signatures] = {
    "str": methods.STR_METHODS,
    "bytes": {**methods.BYTES_METHODS, **methods.BYTES_STATIC},
    "int": {**methods.INT_METHODS, **methods.INT_STATIC},
    "float": methods.FLOAT_METHODS,
    "list[T]": methods.list_methods(ListT(ITEM)),
    "deque[T]": methods.deque_methods(DequeT(ITEM)),
    "Counter[T]": methods.counter_methods(CounterT(KEY, INT)),
    "tuple[T, ...]": methods.tuple_methods(TupleT((), ITEM)),
    "dict[K, V]": methods.dict_methods(DictT(KEY, VALUE)),
    "set[T]": methods.set_methods(SetT(ITEM)),
    "Iterator[T]": methods.iterator_methods(IterT(ITEM, "iterator")),
}
MODULES = ("math", "json", "collections", "itertools", "dataclasses", "typing")


def page() -> str:
    """The whole text of docs/BUILT_INS.md."""
    functions = {name: written(name, kind) for name, kind in SIMPLE.items()}
    functions |= {name: f"{name}({_accepted(text)})" for name, text in ACCEPTED.items()}
    parts = [
        HEAD,
        _section(
            "Functions", (functions[name] for name in functions if name.partition(".")[0] not in (*MODULES, "js"))
        ),
    ]
    parts += [_methods(kind, table) for kind, table in METHODS.items()]
    for module in MODULES:
        values = sorted(f"{module}.{name}" for name in MATH) if module == "math" else []
        found = [text for name, text in functions.items() if name.startswith(f"{module}.")]
        parts.append(_section(f"Module `{module}`", [*found, *values]))
    parts.append(_section("Exceptions", (name for name in EXCEPTIONS if name not in QUALIFIED)))
    parts.append(_refused())
    return "\n".join(parts)


def written(name: str, kind: FunctionT) -> str:
    """`find(sub: str, start: int = ..., /) -> int`."""
    return f"{name}({', '.join(_parameters(kind.params or ()))}) -> {kind.result}"


def _parameters(params: Iterable[Param]) -> list[str]:
    parts: list[str] = []
    before = Param("", ITEM)
    for param in params:
        if before.by_place and not param.by_place:
            parts.append("/")
        if param.kw_only and not before.kw_only:
            parts.append("*")
        parts.append(f"{param.name}: {param.type}{' = ...' if param.has_default else ''}")
        before = param
    return [*parts, "/"] if before.by_place else parts


def _accepted(text: str) -> str:
    return ", ".join(f"{part}..." if part.endswith("=") else part for part in text.replace(" ", "").split(",") if part)


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"## {title}\n", "```python", *sorted(lines), "```", ""])


def _methods(kind: str, table: Mapping[str, FunctionT]) -> str:
    return _section(f"Methods of `{kind}`", (written(name, signature) for name, signature in table.items()))


def _refused() -> str:
    rows = [f"| `{name}` | {advice} |" for name, advice in sorted(REFUSED_NAMES.items())]
    return "\n".join(["## Built in, and refused by name\n", "| name | instead |", "|---|---|", *rows, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
