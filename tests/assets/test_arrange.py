"""Declarations go where gzip likes them, and nobody else can tell."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from itertools import accumulate, permutations
from pathlib import Path

import pytest

from build.arrange import ARRANGEMENT, Arrangement, arranged, compressed, read_arrangement, small, written
from build.compiler.sourcemap import SourceMap
from build.integrity import SCRIPT
from build.link import READABLE, link
from build.minify import Piece
from build.node import find_node
from build.statements import movable, read_statements
from tests.assets.test_link import module, program
from tests.fakes.maps import Place, decode_map

LINES = """(() => {
  // one.mjs
  var LIMIT = 3;
  var log = [];
  function add(text) {
    log.push(text);
  }
  var Base = class {
    constructor(name) {
      this.name = name;
    }
  };

  // two.mjs
  add("first");
  var Child = class extends Base {
  };
  var shout = (child) => child.name + "!";
  var made = new Child("me");
  var WORDS = /a|b/g;
  var last;
  add(shout(made) + LIMIT);
  globalThis.log = log;
})();
"""
NAMES = ["shout", "Child", "Base", "add", "LIMIT"]


def mapped(code: str = LINES) -> Piece:
    """Each line leads to the one of the same number, each name in it to its column."""
    found = SourceMap()
    for row, line in enumerate(code.split("\n")):
        if line != "":
            found.add(row, len(line) - len(line.lstrip()), row, 0, line.strip().split()[0])
            found.add(row, len(line) - 1, row, len(line) - 1, None)
    return Piece(code, json.dumps(found.encode("a.mjs", "a.py", code)))


def named(*names: str) -> Arrangement:
    """These declarations, and nothing said of methods."""
    return dict.fromkeys(names, ())


def texts(code: str) -> list[str]:
    return [code[one.start : one.end] for one in read_statements(code)]


def firsts(names: list[str], code: str = LINES) -> list[str]:
    """The first line of each statement, arranged."""
    return [text.split("\n")[0] for text in texts(arranged(mapped(code), named(*names)).code)]


def run(code: str) -> object:
    asked = f"{code}\nprocess.stdout.write(JSON.stringify(globalThis.log))"
    done = subprocess.run([find_node(), "-e", asked], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_every_statement_is_there_once_between_the_same_ends() -> None:
    code = arranged(mapped(), named(*NAMES)).code
    assert sorted(texts(code)) == sorted(texts(LINES))
    assert texts(code) != texts(LINES)
    assert code.startswith("(() => {\n")
    assert code.endswith("\n})();\n")


def test_the_names_say_the_order_and_a_base_comes_before_what_extends_it() -> None:
    assert firsts(NAMES)[:4] == [
        'var shout = (child) => child.name + "!";',
        "var WORDS = /a|b/g;",
        "var last;",
        "var Base = class {",
    ]
    assert firsts(NAMES)[4] == "var Child = class extends Base {"


def test_what_is_evaluated_comes_last_in_its_old_order() -> None:
    ends = ["var log = [];", 'add("first");', 'var made = new Child("me");', "add(shout(made) + LIMIT);"]
    assert firsts(NAMES)[-5:] == [*ends, "globalThis.log = log;"]
    assert firsts([])[-5:] == [*ends, "globalThis.log = log;"]


@pytest.mark.no_cover
def test_in_every_order_the_script_does_the_same() -> None:
    orders = [list(names) for names in permutations(NAMES)][::17]
    codes = {arranged(mapped(), named(*names)).code for names in orders}
    assert len(codes) > 5
    assert [run(code) for code in codes] == [["first", "me!3"]] * len(codes)
    assert run(small(compressed(mapped()), named(*NAMES)).code) == ["first", "me!3"]


def test_what_is_not_listed_stays_behind_what_stood_before_it() -> None:
    order = firsts(["WORDS", "shout", "add"])
    assert order[0] == "var LIMIT = 3;"  # nothing stood before it
    assert order[1:3] == ["var WORDS = /a|b/g;", "var last;"]
    assert order[4:6] == ["function add(text) {", "var Base = class {"]


def test_a_bad_line_does_no_harm() -> None:
    assert firsts(["", "nobody", "shout", "shout", "log", "made", "two words", "__proto__"]) == firsts(["shout"])


INERT = (
    "var it = 'x';", "var it = 1;", "var it = null;", "var it;", "var it = () => go();", "async function it() {}",
    "function* it(x = go()) {}", "class it extends Error { go() { go() } }", "var it = class extends base {};",
    "var it = class { constructor() { go() } };",
)  # fmt: skip
EVALUATED = (
    "var it = go();", "var it = new Map();", "var it = `${go}`;", "var { it } = go;", "var it = [go()];", "go(it);",
    "var it = class extends go() {};", "var it = class { static x = go() };", "var it = class { [go()]() {} };",
    "class it { static { go() } }", "class it { x = 1 }", "var it = class extends known {};", "if (go) it();",
    "var it = class extends plain {};",
    "var it = class extends joined {};",
    "function it() {}\n  var it = go;", "var it = 1, other = 2;", "var it = known;",
    "class it { static go() {} }",
)  # fmt: skip


def is_movable(statement: str) -> bool:
    before = "var known = go();\n  var base = class {};\n  function plain() {}\n  var first, joined = class {};"
    return "it" in movable(read_statements(f"(() => {{\n  {before}\n  {statement}\n}})();\n"))


@pytest.mark.parametrize("statement", INERT)
def test_what_does_nothing_where_it_stands_is_moved(statement: str) -> None:
    assert is_movable(statement)


@pytest.mark.no_cover
@pytest.mark.parametrize("statement", EVALUATED)
def test_what_does_something_or_asks_for_something_is_not(statement: str) -> None:
    assert not is_movable(statement)


def test_a_class_waits_for_a_base_that_waits() -> None:
    code = (
        "(() => {\n  var Known = go();\n  var First = class extends Known {};\n  var Second = class extends First {};\n"
        "  function stays() {}\n})();\n"
    )
    assert [text.split()[1] for text in firsts(["Second", "First"], code)] == ["stays()", "Known", "First", "Second"]


def leads(piece: Piece) -> set[tuple[str, int, Place]]:
    """The statement, how far in it, and where this leads to."""
    begins = [0, *accumulate(len(line) + 1 for line in piece.code.split("\n"))]
    found = [(begins[at.line] + at.column, at) for at in decode_map(json.loads(piece.source_map)["mappings"])]
    return {
        (piece.code[one.start : one.end].rstrip(";"), place - one.start, replace(at, line=0, column=0))
        for one in read_statements(piece.code)
        for place, at in found
        if one.start <= place < one.end
    }


def test_the_map_follows_each_statement() -> None:
    assert leads(arranged(mapped(), named(*NAMES))) == leads(mapped())
    assert len(leads(mapped())) > 35


def test_the_map_follows_statements_that_share_a_line() -> None:
    line = mapped("(()=>{var a=1;go(2);var b=[3];function c(){}go(4)})();\n")
    found = SourceMap()
    for column in range(len(line.code) - 1):
        found.add(0, column, 5, column * 3, None)
    piece = Piece(line.code, json.dumps(found.encode("a.mjs", "a.py", "")))
    heads = [text[:5] for text in texts(arranged(piece, named("c", "a")).code)]
    assert heads == ["funct", "var a", "go(2)", "var b", "go(4)"]
    assert leads(arranged(piece, named("c", "a"))) == leads(piece)


def test_what_stands_last_needs_no_semicolon() -> None:
    code = arranged(mapped("(()=>{(go)();var a=class{}})();\n"), named("a")).code
    assert code == "(()=>{;\nvar a=class{};\n(go)();;\n})();\n"


def test_a_directive_stays_ahead() -> None:
    code = '(() => {\n  "use strict";\n  var a = 1;\n  var b = 2;\n})();\n'
    lines = [line.strip(" ;") for line in arranged(mapped(code), named("b", "a")).code.split("\n")]
    assert [line for line in lines if line != ""][1:4] == ['"use strict"', "var b = 2", "var a = 1"]


METHODS = """(() => {
  var Bird = class {
    constructor() { this.song = []; }
    sing() { this.song.push("sing"); return this.rest(); }
    rest() { this.song.push("rest"); return this; }
    get loud() { return this.song.join("!"); }
  };
  globalThis.log = [new Bird().sing().loud, new Bird().rest().loud];
})();
"""


def methods(wanted: list[str], code: str = METHODS) -> list[str]:
    """Words that the members of a class begin with, arranged by the first word of each line."""
    piece = arranged(mapped(code), {"Bird": wanted})
    (bird,) = [one for one in read_statements(piece.code) if one.name == "Bird"]
    return [re.split(r"[(]", piece.code[start:end])[0] for start, end in bird.members]


def test_methods_go_in_the_wanted_order() -> None:
    assert methods(["rest()", "constructor()"]) == ["rest", "get loud", "constructor", "sing"]
    assert methods([]) == ["constructor", "sing", "rest", "get loud"]


def test_a_class_does_the_same_in_every_order_of_its_methods() -> None:
    orders = [list(names) for names in permutations(["constructor()", "sing()", "rest()", "get"])][::7]
    codes = {arranged(mapped(METHODS), {"Bird": order}).code for order in orders}
    assert len(codes) == len(orders)
    assert [run(code) for code in codes] == [["sing!rest", "rest"]] * len(codes)
    assert run(small(compressed(mapped(METHODS)), {"Bird": orders[1]}).code) == ["sing!rest", "rest"]


def test_a_method_that_nothing_names_stays_behind_its_neighbour() -> None:
    assert methods(["nobody", "sing()", "sing()", "", "Bird"]) == ["constructor", "sing", "rest", "get loud"]
    assert methods(["get", "sing()"]) == ["constructor", "get loud", "sing", "rest"]


@pytest.mark.parametrize("more", ["set loud(it) {}", "loud() {}", "sing() {}", "'sing'() {}"])
def test_where_two_members_share_a_name_none_moves(more: str) -> None:
    code = METHODS.replace("  };\n", f"    {more}\n  }};\n", 1)
    piece = mapped(code)
    assert arranged(piece, {"Bird": ["rest()", "sing()"]}).code == arranged(piece, named("Bird")).code


def test_methods_of_what_is_evaluated_stay() -> None:
    code = METHODS.replace("song = []; }", "song = []; }\n    [go()]() {}")
    assert arranged(mapped(code), {"Bird": ["rest()", "sing()"]}).code == arranged(mapped(code), {}).code


def test_the_map_follows_each_method() -> None:
    def led(piece: Piece) -> set[tuple[str, Place]]:
        """The rest of the line, and where it leads to."""
        lines = piece.code.split("\n")
        found = decode_map(json.loads(piece.source_map)["mappings"])
        return {(lines[at.line][at.column :].rstrip("; "), replace(at, line=0, column=0)) for at in found}

    assert led(arranged(mapped(METHODS), {"Bird": ["rest()", "get", "sing()"]})) == led(mapped(METHODS))


def test_only_the_script_that_pages_load_is_arranged() -> None:
    entry = module(
        "widget.browser.entry",
        "function both() { return [new First(), new Second()] }\nexport class ChatWidget { all = [both(), both()] }\n"
        "class First { go() { return new Second() } }\nclass Second { go() { return new First() } }\n",
    )
    orders = (named("First", "Second"), named("Second", "First"))
    some, other = (link(program(entry), order).files for order in orders)
    assert [name for name in some if some[name] != other[name]] == [SCRIPT, f"{SCRIPT}.map"]
    assert READABLE in some


def test_the_committed_arrangement_is_read_and_names_each_declaration_once(tmp_path: Path) -> None:
    found = read_arrangement()
    assert len(found) > 200
    assert len(ARRANGEMENT.read_text("utf-8").splitlines()) == len(found)
    (tmp_path / "a.txt").write_text(written({"Bird": ["sing", "rest"], "HUES": []}) + "\n", "utf-8")
    assert read_arrangement(tmp_path / "a.txt") == {"Bird": ["sing", "rest"], "HUES": []}
