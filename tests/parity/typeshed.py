"""One program that makes the calls of `calls.py`, compiled where it is not refused, and what both print."""

from __future__ import annotations

import contextlib
import io
import subprocess
from dataclasses import dataclass
from pathlib import Path

from build.compiler.errors import CompileErrors
from build.compiler.lower.helpers import write_program
from build.node import find_node
from tests.compiler.samples import compile_text
from tests.parity.calls import calls
from tests.parity.stubs import functions, methods

NAME = "widget.browser.sample"
# What the methods are called on; each call gets its own.
RECEIVERS = {
    "str": ['"banana an"', '""', '"  a b  c "', '"naïve😀a\\r\\na"'],
    "bytes": ['b"banana"', 'b""', 'b"a\\xff"'],
    "int": ["1000", "-5", "0"],
    "float": ["2.0", "2.5"],
    "list": ["[3, 1, 3]", "[1]"],
    "tuple": ["(3, 1, 3)"],
    "dict": ['{"a": 1, "b": 2}'],
    "set": ["{1, 2}", "{3}"],
    "frozenset": ["frozenset({1, 2})"],
}
STATIC = {"fromhex", "from_bytes", "fromkeys", "maketrans"}
LISTED = {"enumerate", "zip", "map", "filter", "reversed", "range", "iter", "keys", "values", "items"}
SORTED = {"set", "frozenset", "union", "intersection", "difference", "symmetric_difference"}
# Not functions of values: types are told from each other otherwise, and Python's own modules are not compiled.
LEFT_OUT = {"super", "type"}
HEAD = "from __future__ import annotations\n\nimport json\nimport math\n\nempty: list[int] = []\n"


@dataclass(frozen=True)
class Asked:
    """One call: what it is of, and the function of the program that makes it."""

    owner: str
    name: str
    given: str
    words: frozenset[str]
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return f"{self.owner}.{self.name}({self.given})"


def asked_of_methods(owner: str) -> list[Asked]:
    found: list[Asked] = []
    for name, overloads in methods(owner).items():
        words = frozenset({name, *(param.name for overload in overloads for param in overload)})
        for given in calls(owner, name, overloads):
            lines: list[str] = []
            for receiver in RECEIVERS[owner]:
                call = f"{owner}.{name}({given})" if name in STATIC else f"it.{name}({given})"
                show = f"print({_shown(name, call)})"
                lines += [f"it = {receiver}", *_guarded(show)]
                if owner in ("list", "dict", "set") and name not in STATIC:
                    lines.append("print(sorted(it))" if owner == "set" else "print(it)")
            found.append(Asked(owner, name, given, words, tuple(lines)))
    return found


def asked_of_functions(module: str, names: list[str]) -> list[Asked]:
    known = functions(module)
    found: list[Asked] = []
    for name in names:
        words = frozenset({name, f"{module}.{name}", *(param.name for overload in known[name] for param in overload)})
        for given in calls(module, name, known[name]):
            call = f"{name}({given})" if module == "builtins" else f"{module}.{name}({given})"
            show = call if name == "print" else f"print({_shown(name, call)})"
            found.append(Asked(module, name, given, words, tuple(_guarded(show))))
    return found


def _shown(name: str, call: str) -> str:
    return f"list({call})" if name in LISTED else f"sorted({call})" if name in SORTED else call


def _guarded(statement: str) -> list[str]:
    return ["try:", f"    {statement}", "except Exception as error:", "    print(type(error).__name__)"]


def program(asked: list[Asked]) -> str:
    parts = [HEAD]
    for index, one in enumerate(asked):
        parts.append(
            f"\ndef f{index}() -> None:\n    print('#{index}')\n" + "".join(f"    {line}\n" for line in one.lines)
        )
    return "".join(parts) + "\ndef main() -> None:\n" + "".join(f"    f{index}()\n" for index in range(len(asked)))


def refused_of(asked: list[Asked]) -> dict[Asked, str]:
    """What the compiler says of those calls that it refuses."""
    text = program(asked)
    try:
        compile_text(text)
    except CompileErrors as errors:
        starts = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith("def f")]
        found: dict[Asked, str] = {}
        for diagnostic in errors.diagnostics:
            index = sum(1 for start in starts if start <= diagnostic.line) - 1
            one = asked[index]
            found[one] = found.get(one, "") + f"{diagnostic.code} {diagnostic.message} {diagnostic.advice}\n"
        return found
    return {}


def printed_by_python(asked: list[Asked]) -> dict[Asked, list[str]]:
    space: dict[str, object] = {"__name__": NAME}
    printed = io.StringIO()
    exec(compile(program(asked), NAME, "exec", dont_inherit=True), space)
    with contextlib.redirect_stdout(printed):
        space["main"]()  # type: ignore[operator]
    return _parted(asked, printed.getvalue())


def printed_by_script(asked: list[Asked], folder: Path) -> dict[Asked, list[str]]:
    script = folder / "widget" / "browser" / "sample.mjs"
    write_program({"widget/browser/sample.mjs": compile_text(program(asked)).code + "\nmain();\n"}, folder)
    done = subprocess.run([find_node(), str(script)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return _parted(asked, done.stdout.decode())


def _parted(asked: list[Asked], text: str) -> dict[Asked, list[str]]:
    parts = text.split("#")[1:]
    return {one: part.split("\n")[1:] for one, part in zip(asked, parts, strict=True)}
