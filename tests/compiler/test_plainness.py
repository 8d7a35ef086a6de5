"""Where types say enough, the JavaScript is what one would write by hand."""

from __future__ import annotations

import pytest

from tests.compiler.samples import body, compile_text

HEAD = (
    "SIZE = 64\n\n\ndef f(a: int, b: int, s: str, xs: list[str], d: dict[str, int], seen: set[str], data: bytes, "
    "maybe: str | None) -> object:\n"
)
EXPRESSIONS = [
    ("a + b * 2", "a + b * 2"),
    ("a == b", "a === b"),
    ("s != ''", 's !== ""'),
    ("maybe is None", "maybe === null"),
    ("maybe == s", "maybe === s"),
    ("len(xs)", "xs.length"),
    ("len(s) == 0", "s.length === 0"),
    ("len(d) > 1", "d.size > 1"),
    ("len(data)", "data.length"),
    ("s + 'x'", 's + "x"'),
    ("f'{s}-{a}'", "`${s}-${a}`"),
    ("s in d", "d.has(s)"),
    ("s not in seen", "!seen.has(s)"),
    ("s in xs", "xs.includes(s)"),
    ("d.get(s)", "d.get(s) ?? null"),
    ("d.get(s, 0)", "d.get(s) ?? 0"),
    ("d[s]", "getItem(d, s)"),
    ("xs[1:]", "xs.slice(1)"),
    ("data[:4]", "data.slice(0, 4)"),
    ("xs + ['x']", '[...xs, "x"]'),
    ("{**d, 'x': 1}", 'new Map([...d, ["x", 1]])'),
    ("[x.upper() for x in xs if x != s]", "xs.filter((x) => x !== s).map((x) => x.toUpperCase())"),
    ("[k for k, v in d.items() if v > a]", "[...d].filter(([k, v]) => v > a).map(([k, v]) => k)"),
    ("any(x == s for x in xs)", "xs.some((x) => x === s)"),
    ("all(len(x) > 0 for x in xs)", "xs.every((x) => x.length > 0)"),
    ("next((x for x in xs if x == s), None)", "xs.find((x) => x === s) ?? null"),
    ("','.join(xs)", 'xs.join(",")'),
    ("s.split(',')", 's.split(",")'),
    ("s.startswith('a')", 's.startsWith("a")'),
    ("a // 2", "Math.floor(a / 2)"),
    ("a // SIZE", "Math.floor(a / SIZE)"),
    ("len(xs) % SIZE", "xs.length % SIZE"),
    ("a % SIZE", "modulo(a, SIZE)"),
    ("a % b", "checkedModulo(a, b)"),
    ("1 << a", "2 ** a"),
    ("a & SIZE", "a & SIZE"),
    ("a * SIZE", "a * SIZE"),
    ("[i // 2 * i % 7 for i in range(a)]", "range(0, a).map((i) => Math.floor(i / 2) * i % 7)"),
    ("len(xs) % 2", "xs.length % 2"),
    ("data[0] & 0x0F", "at(data, 0) & 0x0f"),
    ("a & 255", "a & 255"),
    ("data[0] << 8 | data[1]", "at(data, 0) << 8 | at(data, 1)"),
    ("max(a, b)", "Math.max(a, b)"),
    ("0 <= a < b", "0 <= a && a < b"),
    ("a if b > 0 else -a", "b > 0 ? a : 0 - a"),
    ("not (a > b)", "!(a > b)"),
    ("a > b and not seen == set()", "a > b && !equals(seen, new Set())"),
    ("isinstance(maybe, str)", 'typeof maybe === "string"'),
    ("lambda x: x", "(x) => x"),
    ("(a, [s])", "[a, [s]]"),
    ("list(d)", "[...d.keys()]"),
    ("sorted(seen)", "sortedBy(seen, ordered)"),
    ("sorted(d.values())", "[...d.values()].sort((one, other) => one - other)"),
    ("sorted(xs, key=lambda x: len(x))", "sortedBy(xs, (x) => textLength(x))"),
    ("min([a, b, 1])", "extremeInt([a, b, 1], Math.min)"),
    ("s < 'x'", 's < "x"'),
    ("s < maybe if maybe is not None else False", "maybe !== null ? ordered(s) < ordered(maybe) : false"),
    ("data.hex() > s", "toHex(data) > s"),
    ("data < data[1:]", "toHex(data) < toHex(data.slice(1))"),
    ("xs == xs[1:]", "sameItems(xs, xs.slice(1))"),
    ("data in [data]", "[data].some((it) => sameItems(it, data))"),
    ("s.strip().split()", "words(strip(s))"),
    ("data + data[1:] + b'z'", "concatBytes([data, data.slice(1), Uint8Array.of(122)])"),
    ("data + b''.join(sorted([data]))", "concatBytes([data, concatBytes(sortedBy([data], toHex))])"),
    ("a.to_bytes(2, 'big') + b.to_bytes(2, 'little')", "concatBytes([toBytes(a, 2), toLittle(b, 2)])"),
    ("f'{a:02d}{len(xs):02d}'", '`${zeros(a, 2)}${String(xs.length).padStart(2, "0")}`'),
    ("xs.pop(0)", "shift(xs)"),
    ("s.split('?')[0]", 's.split("?")[0]'),
    ("xs.extend([s, 'x'])", 'xs.push(s, "x")'),
    ("bytes(len(data)) + bytes([SIZE, 1])", "concatBytes([new Uint8Array(data.length), Uint8Array.of(SIZE, 1)])"),
    ("a ** 2", "a ** 2"),
    ("-(a ** 2)", "0 - a ** 2"),
    ("a * b", "a * b + 0"),
    ("a * 3", "a * 3"),
    ("str(a)", "String(a)"),
    ("data == b'ab'", "sameItems(data, Uint8Array.of(97, 98))"),
]


@pytest.mark.parametrize(("python", "javascript"), EXPRESSIONS, ids=[python for python, _ in EXPRESSIONS])
def test_an_expression_is_plain(python: str, javascript: str) -> None:
    last = body(f"{HEAD}    return {python}\n").split("\n")[-2]
    assert last == f"  return {javascript};"


def test_a_module_without_helpers_imports_nothing() -> None:
    code = compile_text("from __future__ import annotations\n\n\ndef f(a: int) -> int:\n    return a + 1\n").code
    assert code == "export function f(a) {\n  return a + 1;\n}\n"


STATEMENTS = {
    "class": (
        '''
class Room:
    """A room."""

    SIZE: int = 3

    def __init__(self, name: str, open: bool = True) -> None:
        self.name: str = name
        self._members: list[str] = []

    @property
    def is_full(self) -> bool:
        return len(self._members) >= self.SIZE

    async def join(self, who: str) -> None:
        self._members.append(who)
        await self.tell(who, loud=False)

    async def tell(self, who: str, loud: bool) -> None:
        for member in self._members:
            print(member)
''',
        """
/** A room. */
export class Room {
  constructor(name, open = true) {
    this.name = name;
    this._members = [];
  }

  get SIZE() {
    return 3;
  }

  get is_full() {
    return this._members.length >= this.SIZE;
  }

  async join(who) {
    this._members.push(who);
    await this.tell(who, false);
  }

  async tell(who, loud) {
    for (const member of this._members) {
      console.log(member);
    }
  }
}
""",
    ),
    "loops": (
        """
def f(n: int, d: dict[str, int]) -> int:
    total = 0
    for i in range(n):
        total += i
    for key, value in d.items():
        if value == 0:
            continue
        total -= value
    while total > 100:
        total //= 2
    return total
""",
        """
export function f(n, d) {
  let total = 0;
  for (let i = 0; i < n; i++) {
    total += i;
  }
  for (const [key, value] of d) {
    if (value === 0) {
      continue;
    }
    total -= value;
  }
  while (total > 100) {
    total = Math.floor(total / 2);
  }
  return total;
}
""",
    ),
    "errors": (
        """
class Broken(ValueError):
    pass


def f(text: str) -> str:
    try:
        return text + "x"
    except Broken as error:
        raise KeyError(text) from error
    finally:
        print("done")
""",
        """
export class Broken extends ValueError {}

export function f(text) {
  try {
    return text + "x";
  } catch (error) {
    if (error instanceof Broken) {
      throw because(new KeyError(text), error);
    } else {
      throw error;
    }
  } finally {
    console.log("done");
  }
}
""",
    ),
    "with": (
        """
class Lock:
    def __enter__(self) -> int:
        return 1

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        print("free")


class Ignore:
    def __enter__(self) -> None:
        print("begin")

    def __exit__(self, kind: object, problem: object, trace: object) -> bool:
        return isinstance(problem, ValueError)


class Store:
    def __init__(self, lock: Lock) -> None:
        self.lock: Lock = lock

    def take(self) -> int:
        with self.lock as number:
            return number + 1


async def f(text: str) -> None:
    with Ignore():
        print(text)
""",
        """
export class Lock {
  __enter__() {
    return 1;
  }

  __exit__(kind, error, trace) {
    console.log("free");
  }
}

export class Ignore {
  __enter__() {
    console.log("begin");
  }

  __exit__(kind, problem, trace) {
    return problem instanceof ValueError;
  }
}

export class Store {
  constructor(lock) {
    this.lock = lock;
  }

  take() {
    const number = this.lock.__enter__();
    try {
      return number + 1;
    } finally {
      this.lock.__exit__();
    }
  }
}

export async function f(text) {
  const manager = new Ignore();
  manager.__enter__();
  let failed = false;
  try {
    console.log(text);
  } catch (error2) {
    failed = true;
    if (!manager.__exit__(null, error2)) {
      throw error2;
    }
  } finally {
    if (!failed) {
      manager.__exit__(null, null);
    }
  }
}
""",
    ),
    "async with": (
        """
class Session:
    async def __aenter__(self) -> str:
        return "a"

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        print("end")


async def f() -> None:
    async with Session() as a, Session() as b:
        print(a + b)
""",
        """
export class Session {
  async __aenter__() {
    return "a";
  }

  async __aexit__(kind, error, trace) {
    console.log("end");
  }
}

export async function f() {
  const manager = new Session();
  const a = await manager.__aenter__();
  try {
    const manager2 = new Session();
    const b = await manager2.__aenter__();
    try {
      console.log(a + b);
    } finally {
      await manager2.__aexit__();
    }
  } finally {
    await manager.__aexit__();
  }
}
""",
    ),
    "match": (
        """
from dataclasses import dataclass


@dataclass
class Circle:
    radius: int


@dataclass
class Box:
    width: int
    height: int


def area(shape: Circle | Box | None) -> int:
    match shape:
        case None:
            return 0
        case Circle(0) | Box(width=0):
            return 0
        case Circle(radius):
            return radius * 3
        case Box(width, height) if width == height:
            return width**2
        case Box(width=width, height=height):
            return width * height


def command(words: list[str], table: dict[str, int]) -> str:
    match words:
        case ["go", ("north" | "south") as where]:
            return where
        case [first, *rest] if len(rest) > 1:
            return first
        case []:
            return "nothing"
    match table:
        case {"x": 1, "y": y, **more}:
            return f"{y} {len(more)}"
        case _:
            return "?"
""",
        """
export class Circle {
  constructor(radius) {
    this.radius = radius;
  }
}

export class Box {
  constructor(width, height) {
    this.width = width;
    this.height = height;
  }
}

export function area(shape) {
  if (shape === null) {
    return 0;
  } else if ((shape instanceof Circle && shape.radius === 0) ||
    (shape instanceof Box && shape.width === 0)) {
    return 0;
  } else if (shape instanceof Circle) {
    const radius = shape.radius;
    return radius * 3;
  } else if (shape instanceof Box && shape.width === shape.height) {
    const width = shape.width;
    return width ** 2;
  } else if (shape instanceof Box) {
    const width = shape.width;
    const height = shape.height;
    return width * height + 0;
  }
}

export function command(words, table) {
  if (words.length === 2 && words[0] === "go" && (words[1] === "north" || words[1] === "south")) {
    const where = words[1];
    return where;
  } else if (words.length >= 1 && words.slice(1).length > 1) {
    const first = words[0];
    return first;
  } else if (words.length === 0) {
    return "nothing";
  }
  if (table.get("x") === 1 && table.has("y")) {
    const y = table.get("y");
    const more = new Map([...table].filter(([key]) => key !== "x" && key !== "y"));
    return `${y} ${more.size}`;
  } else {
    return "?";
  }
}
""",
    ),
    "javascript": (
        """
from widget.browser import js


def f(name: str, data: bytes) -> js.Value:
    element = js.window.document.createElement(name)
    element.hidden = True
    js.put(element, "aria-label", name)
    record = js.record({"urls": js.array([name]), "body": js.from_bytes(data)})
    if js.platform() == "compiled":
        element.onclick = js.listener(lambda event: None)
    element.focus(js.options({"preventScroll": True}))
    return js.new(js.window.Thing, element, record)
""",
        """
export function f(name, data) {
  const element = globalThis.document.createElement(name);
  element.hidden = true;
  element["aria-label"] = name;
  const record = { urls: [name], body: data };
  element.onclick = (event) => null;
  element.focus({ __proto__: null, preventScroll: true });
  return new globalThis.Thing(element, record);
}
""",
    ),
    "spawn": (
        """
from collections.abc import Coroutine
from typing import Any

from widget.browser import js


class Clock:
    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        js.start(self._guard(work))

    async def _guard(self, work: Coroutine[Any, Any, None]) -> None:
        await work


class Service:
    def __init__(self, clock: Clock) -> None:
        self.clock: Clock = clock
        self.turn: int = 0

    def begin(self, name: str) -> None:
        self.clock.spawn(self.run(name, 1))
        self.clock.spawn(self.run(name, self.turn))

    async def run(self, name: str, turn: int) -> None:
        print(name, turn)
""",
        """
export class Clock {
  spawn(work) {
    start(() => this._guard(work));
  }

  async _guard(work) {
    await work();
  }
}

export class Service {
  constructor(clock) {
    this.clock = clock;
    this.turn = 0;
  }

  begin(name) {
    this.clock.spawn(() => this.run(name, 1));
    this.clock.spawn(bound(this.run, this, name, this.turn));
  }

  async run(name, turn) {
    console.log([name, String(turn)].join(" "));
  }
}
""",
    ),
}


@pytest.mark.parametrize("name", list(STATEMENTS))
def test_statements_are_plain(name: str) -> None:
    python, javascript = STATEMENTS[name]
    assert body(python.strip() + "\n") == javascript.strip()


REGULAR = """
import re

WORD = re.compile(r"[a-z]+")
KEY = re.compile(r"(\\w+)=(\\d)?", re.ASCII)
LINK = re.compile(r"https?://", re.ASCII | re.IGNORECASE)
CHOICE = re.compile(r"ab|cd")


def is_word(text: str) -> bool:
    return WORD.fullmatch(text) is not None


def key(text: str) -> str:
    found = KEY.match(text)
    if found is None or found[2] is None:
        return LINK.sub("$", text)
    return found[1] + found[2] + "".join(CHOICE.findall(text))


def other(text: str) -> list[str]:
    if CHOICE.search(text) is None:
        return CHOICE.split(text)
    return [LINK.sub(lambda found: found[0].lower(), text)]
"""
WRITTEN = r"""
export const WORD = /^[a-z]+$/u;
export const KEY = /^(\w+)=(\d)?/u;
export const LINK = /https?:\/\//gi;
export const CHOICE$all = /ab|cd/gu;
export const CHOICE$any = /ab|cd/u;

export function is_word(text) {
  return WORD.test(text);
}

export function key(text) {
  const found = KEY.exec(text);
  if (found === null || found[2] == null) {
    return text.replace(LINK, "$$");
  }
  return found[1] + found[2] + (text.match(CHOICE$all) ?? []).join("");
}

export function other(text) {
  if (!CHOICE$any.test(text)) {
    return text.split(CHOICE$all);
  }
  return [text.replace(LINK, (found) => found.toLowerCase())];
}
"""


def test_regular_expressions_are_plain() -> None:
    assert body(REGULAR.strip() + "\n") == WRITTEN.strip()
