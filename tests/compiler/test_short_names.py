"""Properties that only our classes have get short names; those that JavaScript may spell keep theirs."""

from __future__ import annotations

import re

from tests.compiler.samples import compile_text

HEAD = "from __future__ import annotations\n\nfrom dataclasses import dataclass\n\nfrom widget.browser import js\n\n"


def small(text: str) -> str:
    return compile_text(HEAD + text).small


def properties(code: str) -> set[str]:
    return set(re.findall(r"this\.(\w+)", code))


POINTS = """
@dataclass(frozen=True)
class Point:
    across: int
    down: int

@dataclass(frozen=True)
class Person:
    surname: str
    age: int

class Box:
    def __init__(self, inside: Point) -> None:
        self._inside: Point = inside
        self.across: int = inside.across

    def moved(self, by: int) -> Point:
        return Point(self._inside.across + by, self._inside.down)
"""


def test_names_of_classes_that_never_meet_are_shared() -> None:
    code = small(POINTS)
    constructors = re.findall(r"constructor\(.*?\) \{(.*?)\n  \}", code, re.S)
    assert [re.findall(r"this\.(\w+)", text) for text in constructors[:2]] == [["t", "e"], ["t", "e"]]
    assert properties(code).isdisjoint({"across", "down", "surname", "age", "_inside"})


def test_no_object_has_a_letter_twice_and_each_use_finds_its_own() -> None:
    code = small(POINTS)
    box = code[code.index("class Box") :]
    inner, across, method = re.findall(r"this\.(\w+) = |^  (\w+)\(by", box, re.M)
    assert len({inner[0], across[0], method[1]}) == 3
    assert f"this.{inner[0]}.t + by, this.{inner[0]}.e" in box


TWO = """
class Crowded:
    def __init__(self) -> None:
        self.first: int = 1
        self.size: int = self.first + self.first

class Lonely:
    def __init__(self) -> None:
        self.size: int = 1
"""


def sizes(text: str) -> set[str]:
    """How the two classes spell `size`."""
    code = small(TWO + text)
    crowded, lonely = re.findall(r"class (?:Crowded|Lonely) .*?^}", code, re.M | re.S)
    return {re.findall(r"this\.(\w+) = ", crowded)[1], *re.findall(r"this\.(\w+) = ", lonely)}


def test_a_name_in_classes_that_never_meet_is_spelled_apart() -> None:
    assert len(sizes("")) == 2


def test_what_may_stand_behind_one_type_is_spelled_alike() -> None:
    assert len(sizes("def f(one: Crowded | Lonely) -> int:\n    return one.size\n")) == 1
    protocol = "class Sized(Protocol):\n    size: int\n\ndef f(one: Sized) -> int:\n    return one.size\n"
    assert len(sizes("from typing import Protocol\n\n" + protocol)) == 1


def test_a_base_and_what_derives_from_it_share_no_letter() -> None:
    code = small(
        "class Base:\n    def __init__(self) -> None:\n        self.first: int = 1\n\n"
        "class Derived(Base):\n    def __init__(self) -> None:\n"
        "        super().__init__()\n        self.second: int = 2\n"
    )
    assert len(properties(code)) == 2


def test_a_declaration_in_the_body_keeps_no_name() -> None:
    box = "class Box:\n    size: int\n{}\n    def fill(self) -> None:\n        self.size = 1\n"
    assert "size" not in properties(small(box.format("")))
    assert "size" in properties(small(box.replace("size: int", "size: int = 0").format("")))


def kept(text: str) -> bool:
    """Does `left` keep its name?"""
    return re.search(r"\bleft\b", small(POINT + text)) is not None


TO_JS = "def f() -> js.Value:\n    return "
POINT = """
class Point:
    def __init__(self) -> None:
        self.left: int = 1

def held() -> js.Value:
    return js.get(js.window, "held")

"""


def test_objects_that_javascript_gets_keep_their_names() -> None:
    assert not kept("def f(point: Point) -> int:\n    return point.left\n")
    assert kept("def f(point: Point) -> None:\n    js.window.take(point)\n")
    assert kept("def f(point: Point) -> None:\n    js.window.point = point\n")
    assert kept("def f(point: Point) -> None:\n    js.put(js.window, 'point', point)\n")
    assert kept("def f(points: list[Point]) -> js.Value:\n    return js.array(points)\n")
    assert kept("def f(point: Point) -> js.Value:\n    return js.record({'point': point})\n")
    assert kept("def f(point: Point) -> js.Value:\n    return point\n")
    assert kept(f"async def work() -> Point:\n    return Point()\n\n{TO_JS}js.promise(work())\n")
    assert kept(f"{TO_JS}js.constructor(Point)\n")


def test_objects_that_come_from_javascript_are_asked_by_their_names() -> None:
    assert kept("def f() -> int:\n    point: Point = held()\n    return point.left\n")
    assert kept(f"def g(point: Point) -> int:\n    return point.left\n\n{TO_JS}js.listener(g)\n")
    either = "either = point if ours else held()"
    assert kept(f"def f(point: Point, ours: bool) -> int:\n    {either}\n    return int(either.left)\n")


def test_names_of_javascript_are_never_touched() -> None:
    code = small(POINT + "def f() -> int:\n    return int(js.window.document.left)\n")
    assert "globalThis.document.left" in code


def test_errors_keep_what_a_page_reads() -> None:
    code = small(
        "class Broken(Exception):\n    def __init__(self, code: str, why: int) -> None:\n"
        "        super().__init__(code)\n        self.code: str = code\n        self.reason: int = why\n"
    )
    assert "this.code = code" in code
    assert ".reason" not in code


REMARKS = """
from typing import TypeAlias

Remark: TypeAlias = str

class Broken(Exception):
    def __init__(self, reason: int, remark: Remark = "") -> None:
        super().__init__(remark)
        self.reason: int = reason

def f(count: int, text: str) -> None:
    if count == 1:
        raise Broken(1, "a remark")
    if count == 2:
        raise Broken(2, f"{count} things")
    raise Broken(3, text)
"""


def test_remarks_are_for_readers_only() -> None:
    module = compile_text(HEAD + REMARKS)
    assert 'new Broken(1, "a remark")' in module.code
    assert "new Broken(1)" in module.small
    assert "new Broken(2)" in module.small
    assert "new Broken(3, text)" in module.small
