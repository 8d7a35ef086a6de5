"""JavaScript syntax as data, as much of ES2020 as the compiler writes."""

from __future__ import annotations

from dataclasses import dataclass, field

from build.compiler.symbols import ClassInfo


@dataclass(frozen=True)
class Place:
    """Where in the .py a node comes from: line from 1, column from 0 in UTF-16 units, and the Python name if any."""

    line: int
    column: int
    name: str | None = None


class Own(str):
    """The name of a property that only objects of our classes have, so that a copy nobody reads may shorten it.

    `owners` are the classes that the object may be of, as the types say; none where they do not say it.
    """

    owners: tuple[ClassInfo, ...]

    def __new__(cls, name: str, owners: tuple[ClassInfo, ...] = ()) -> Own:
        made = super().__new__(cls, name)
        made.owners = owners
        return made


@dataclass
class Js:
    """Any node; `place` feeds the source map."""

    place: Place | None = field(default=None, kw_only=True, compare=False, repr=False)


@dataclass
class Id(Js):
    name: str


@dataclass
class Lit(Js):
    """A literal, spelled."""

    text: str


@dataclass
class Template(Js):
    """`text ${value}`: parts are text (already cooked) or nodes."""

    parts: list[str | Js]


@dataclass
class Array(Js):
    items: list[Js]


@dataclass
class Object(Js):
    """Keys are spelled: a name, a quoted string or a computed key in brackets."""

    pairs: list[tuple[str, Js]]


@dataclass
class Pair(Js):
    """One entry of an object literal, on its way to paper."""

    key: str
    value: Js


@dataclass
class Arrow(Js):
    params: list[Js]
    body: Js | list[Js]
    is_async: bool = False


@dataclass
class Function(Js):
    """A declaration when it stands as a statement, else an expression."""

    name: str
    params: list[Js]
    body: list[Js]
    is_async: bool = False
    is_generator: bool = False
    doc: str = ""


@dataclass
class Unary(Js):
    operator: str
    value: Js


@dataclass
class Binary(Js):
    operator: str
    left: Js
    right: Js


@dataclass
class Truth(Binary):
    """A comparison that tells no more than whether `value` is true to JavaScript: the types leave it one false value.

    The copy that nobody reads asks just that where only the truth counts.
    """

    value: Js

    @property
    def is_denied(self) -> bool:
        return self.operator in ("===", "==")


@dataclass
class Assign(Js):
    operator: str
    target: Js
    value: Js


@dataclass
class Cond(Js):
    test: Js
    yes: Js
    no: Js


@dataclass
class Call(Js):
    callee: Js
    args: list[Js]


@dataclass
class New(Js):
    callee: Js
    args: list[Js]


@dataclass
class Member(Js):
    object: Js
    name: str


@dataclass
class Index(Js):
    object: Js
    key: Js


@dataclass
class Remark(Js):
    """An argument for people who debug; the copy that nobody reads leaves it out."""

    value: Js


@dataclass
class Spread(Js):
    value: Js


@dataclass
class Await(Js):
    value: Js


@dataclass
class Yield(Js):
    value: Js | None
    delegate: bool = False


@dataclass
class Sequence(Js):
    items: list[Js]


@dataclass
class Let(Js):
    """`const`, `let` with one target."""

    kind: str
    target: Js
    value: Js | None = None
    doc: str = ""


@dataclass
class Statement(Js):
    """An expression as a statement."""

    value: Js


@dataclass
class If(Js):
    test: Js
    yes: list[Js]
    no: list[Js]


@dataclass
class While(Js):
    test: Js
    body: list[Js]


@dataclass
class ForOf(Js):
    """`kind` is const, let or "" for a target declared elsewhere."""

    kind: str
    target: Js
    iterable: Js
    body: list[Js]


@dataclass
class For(Js):
    start: list[Let]
    test: Js
    step: Js
    body: list[Js]


@dataclass
class Return(Js):
    value: Js | None = None


@dataclass
class Throw(Js):
    value: Js


@dataclass
class Try(Js):
    body: list[Js]
    name: str | None
    handler: list[Js] | None
    final: list[Js] | None


@dataclass
class Jump(Js):
    """break or continue."""

    word: str


@dataclass
class Block(Js):
    body: list[Js]


@dataclass
class Method(Js):
    """`word` is "", get or set; `name` may be computed: [Symbol.iterator]."""

    name: str
    params: list[Js]
    body: list[Js]
    word: str = ""
    is_static: bool = False
    is_async: bool = False
    is_generator: bool = False
    doc: str = ""


@dataclass
class Class(Js):
    name: str
    base: Js | None
    methods: list[Method]
    doc: str = ""


@dataclass
class Import(Js):
    """`names` are pairs of exported and local name; `whole` is the local name of a namespace import."""

    names: list[tuple[str, str]]
    source: str
    whole: str = ""


@dataclass
class Export(Js):
    declaration: Js


@dataclass
class ExportNames(Js):
    """`export { a as b } from "…"`; local names when `source` is empty."""

    names: list[tuple[str, str]]
    source: str = ""


def mentions(node: object, name: str) -> bool:
    """Does an identifier occur below?"""
    if isinstance(node, Id):
        return node.name == name
    if isinstance(node, list | tuple):
        return any(mentions(item, name) for item in node)
    if isinstance(node, Js):
        return any(mentions(value, name) for value in vars(node).values())
    return False
