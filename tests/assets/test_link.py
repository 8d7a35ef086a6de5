"""Linking: one global, a map back to the Python, no bytes that depend on the machine."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from build.compiler.compile import JsModule
from build.integrity import SCRIPT
from build.link import CJS, ESM, READABLE, Linked, Program, link
from build.node import find_node
from tests.fakes.maps import decode_map

ENTRY_PY = "class ChatWidget:\n    def hello(self) -> str:\n        return greet('you')\n"
GREET_PY = "def greet(name: str) -> str:\n    return 'hello ' + name\n"


def line_map(path: str, lines: int) -> dict[str, Any]:
    """A map from each line's start to the same line of `path`."""
    mappings = ";".join("AAAA" if line == 0 else "AACA" for line in range(lines))
    return {"version": 3, "sources": [path.rpartition("/")[2]], "names": [], "mappings": mappings}


def module(name: str, code: str) -> JsModule:
    path = name.replace(".", "/")
    found = line_map(f"{path}.py", code.count("\n"))
    return JsModule(name, f"{path}.mjs", code, found, code.replace("secret_name", "s"), found)


ENTRY = module(
    "widget.browser.entry",
    'import { greet } from "../core/greet.mjs"\n'
    "export class ChatWidget {\n"
    '  constructor() { this.secret_name = "you" }\n'
    "  hello() { return greet(this.secret_name) }\n"
    "}\n",
)
GREET = module(
    "widget.core.greet",
    'import { join } from "../../runtime/str.mjs"\n'
    "export function greet(name) {\n"
    '  return join("hello ", name)\n'
    "}\n"
    "export function never_called(name) { return name }\n",
)


def program(entry: JsModule = ENTRY, greet: JsModule = GREET) -> Program:
    return Program(
        modules={entry.name: entry, greet.name: greet},
        runtime={
            "str.mjs": "export const join = (a, b) => a + b\n",
            "unused.mjs": "globalThis.leak = 1\nexport const unused = 1\n",
        },
        texts={"widget/browser/entry.py": ENTRY_PY, "widget/core/greet.py": GREET_PY},
        entry="widget.browser.entry",
        exports=("ChatWidget",),
        version="1.0.0",
        banner="Strixun Chat 1.0.0 | MIT",
    )


@pytest.fixture(scope="module")
def linked() -> Linked:
    return link(program())


def run_in_page(script: bytes, expression: str) -> Any:
    """Runs the script as a classic one in a fresh realm; the expression sees `added`, its new globals."""
    code = (
        "const vm = require('vm');"
        "const [script, expression] = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const page = vm.createContext({});"
        "const names = () => vm.runInContext('Object.getOwnPropertyNames(globalThis)', page);"
        "const before = new Set(names());"
        "vm.runInContext(script, page);"
        "page.added = names().filter((name) => !before.has(name));"
        "process.stdout.write(JSON.stringify(vm.runInContext(expression, page)))"
    )
    question = json.dumps([script.decode(), expression])
    done = subprocess.run([find_node(), "-e", code], input=question, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", [READABLE, SCRIPT])
def test_the_script_adds_exactly_one_global_that_works(linked: Linked, name: str) -> None:
    asked = "[added, Object.keys(StrixunChat), new StrixunChat.ChatWidget().hello(), StrixunChat.version]"
    answer = run_in_page(linked.files[name], asked)
    assert answer == [["StrixunChat"], ["ChatWidget", "version"], "hello you", "1.0.0"]


@pytest.mark.parametrize(("own", "is_bare"), [("URL", False), ("address", True)])
def test_what_the_page_has_is_asked_for_by_its_bare_name_unless_that_may_mean_something_else(
    own: str, is_bare: bool
) -> None:
    code = f'export function greet(name) {{ const {own} = "hello "; return {own} + name + typeof globalThis.URL }}\n'
    script = link(program(greet=module("widget.core.greet", code))).files[SCRIPT]
    assert (b"globalThis.URL" not in script) == is_bare
    assert run_in_page(script, "globalThis.URL = 1, new StrixunChat.ChatWidget().hello()") == "hello younumber"


def test_what_nothing_uses_is_left_out(linked: Linked) -> None:
    for name in (READABLE, SCRIPT, ESM, CJS):
        assert b"never_called" not in linked.files[name]
        assert b"leak" not in linked.files[name]


def test_what_people_read_has_long_names_and_what_is_loaded_has_short_ones(linked: Linked) -> None:
    assert b".secret_name" in linked.files[READABLE]
    for name in (SCRIPT, ESM, CJS):
        assert b"secret_name" not in linked.files[name]


def test_both_scripts_begin_with_name_version_and_licence(linked: Linked) -> None:
    for name in (READABLE, SCRIPT, ESM, CJS):
        assert linked.files[name].startswith(b"/*! Strixun Chat 1.0.0 | MIT */")


def test_the_map_leads_from_the_minified_script_to_the_python(linked: Linked) -> None:
    script = linked.files[SCRIPT].decode()
    assert script.endswith(f"//# sourceMappingURL={SCRIPT}.map\n")
    found = json.loads(linked.files[f"{SCRIPT}.map"])
    assert found["sourcesContent"][found["sources"].index("widget/core/greet.py")] == GREET_PY
    lines = script.split("\n")
    line = next(number for number, text in enumerate(lines) if '"hello "' in text)
    places = [place for place in decode_map(found["mappings"]) if place.line == line]
    before = [place for place in places if place.column <= lines[line].index('"hello "')]
    assert found["sources"][before[-1].source] == "widget/core/greet.py"
    assert before[-1].source_line == 2  # the third line of the compiled module is mapped to the third of the Python


def test_nothing_of_the_machine_is_in_the_files(linked: Linked, tmp_path: Path) -> None:
    for data in linked.files.values():
        assert b"/tmp" not in data
        assert b"strixun-link-" not in data
        assert b"file:" not in data


def test_linking_twice_gives_the_same_bytes(linked: Linked) -> None:
    assert link(program()).files == linked.files
