"""Where types say enough, the JavaScript is what one would write by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiler.samples import body, compile_text, without_imports

FOLDERS = sorted(Path(__file__).with_name("plain").iterdir())

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
    ("{'x': a, s: b}", 'dictOf("x", a, s, b)'),
    ("xs[a]", "at(xs, a)"),
    ("[xs[i] for i in range(a)]", "range(0, a).map((i) => xs[i] ?? outOfRange())"),
    ("[xs[i] for i in [a]]", "[a].map((i) => xs[placeIn(i, xs.length)])"),
    ("[data[i % len(data)] for i in [a]]", "[a].map((i) => data[checkedModulo(i, data.length)] ?? outOfRange())"),
    ("[i % 3 for i in [a] if i // 2 > b]", "[a].filter((i) => Math.floor(i / 2) > b).map((i) => modulo(i, 3))"),
    ("{**d, 'x': 1}", 'new Map([...d, ["x", 1]])'),
    ("[x.upper() for x in xs if x != s]", "xs.filter((x) => x !== s).map((x) => x.toUpperCase())"),
    ("{k: v for k, v in d.items() if v > a}", "new Map([...d].filter(([k, v]) => v > a))"),
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
    ("1 << a", "2 ** natural(a)"),
    ("a & SIZE", "a & SIZE"),
    ("a * SIZE", "a * SIZE"),
    ("[i // 2 * i % 7 for i in range(a)]", "range(0, a).map((i) => Math.floor(i / 2) * i % 7)"),
    ("len(xs) % 2", "xs.length % 2"),
    ("data[0] & 0x0F", "at(data, 0) & 0x0f"),
    ("a & 255", "a & 255"),
    ("a << 7 & 0xFFFFFFFF", "(a << 7 & 0xffffffff) >>> 0"),
    ("(a & 0xFFFFFFFF) >> 7", "(a & 0xffffffff) >>> 7"),
    ("a << 32 & 0xFFFFFFFF", "(a * 4294967296 & 0xffffffff) >>> 0"),
    ("data[0] << 8 | data[1]", "at(data, 0) << 8 | at(data, 1)"),
    ("max(a, b)", "Math.max(a, b)"),
    ("0 <= a < b", "0 <= a && a < b"),
    ("a if b > 0 else -a", "b > 0 ? a : 0 - a"),
    ("not (a > b)", "!(a > b)"),
    ("a > b and not seen == set()", "a > b && !equals(seen, new Set())"),
    ("isinstance(maybe, str)", 'typeof maybe === "string"'),
    ("lambda x: x", "(x) => x"),
    ("len((a, [s]))", "[a, [s]].length"),
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
    ("f'{a:02d}{len(xs):02d}'", '`${zeros(String(a), 2)}${String(xs.length).padStart(2, "0")}`'),
    ("xs.pop(0)", "shift(xs)"),
    ("s.split('?')[0]", 's.split("?")[0]'),
    ("xs.extend([s, 'x'])", 'xs.push(s, "x"), null'),
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


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_sample_is_plain(folder: Path) -> None:
    code = compile_text((folder / "input.py").read_text("utf-8")).code
    assert without_imports(code) + "\n" == (folder / "expected.mjs").read_text("utf-8")
