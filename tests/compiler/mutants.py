"""Sources that nobody would write: ours, changed in one to three places."""

from __future__ import annotations

import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
BASES = [
    *(HERE / "syntax.txt").read_bytes().split(b"\n=== ")[1:],
    *(path.read_bytes() for path in sorted(HERE.glob("refusals/*/input.py"))),
    *(path.read_bytes() for path in sorted(HERE.parent.glob("parity/scenarios/*/*.py"))),
]
# What tokenizers stumble over: encodings, white space, strings, numbers, words, names beyond ASCII.
BLANKS = "\n \r \r\n \t \f \0 \\\n \ufeff \u2028 \u00a0 \u00e9 \U0001f600 \u20ac \uff21 A\u030a"
PIECES: list[bytes] = [
    b"\xed\xa0\x80",
    b"\xff",
    *(piece.encode() for piece in BLANKS.split(" ")),
    *rb"""' " ''' \ \N{BULLET} \x4 f' f'{ }' !r rb' u' 0x 1_ _ 1e j 0777 99999999999999999999 0_7""".split(),
    *b"( ) [ ] { } : , = := -> * ** @ ; . ... ! $ ? ` <> None True __debug__".split(),
    *(word + b" " for word in b"lambda yield await async not in is if else elif for as while except* match".split()),
    *(word + b" " for word in b"case type return del import from print nonlocal global 1if".split()),
    *(b"try:\n", b"break\n", b"continue\n", b"pass\n", b"# coding: latin-1\n", b'"""'),
]
# What f-strings and numbers are made of, and where that is put.
CRUMBS = rb"""f' f" f''' rf' ' " ''' u' b' { } {{ }} : !r ! = \ x ( ) [ ] , >5 .2f \n \x4 lambda := #""".split()
CRUMBS += [*b"0 0_ 00 . e j _ 17 0x + if else is".split(), b"\n", b"\\\n", b"\r", b"\t", b" ", "\u00e9".encode()]
STATEMENTS = [
    *(b"x = f'{%s}'", b"x = f'{y:%s}'", b"x = f'%s' + z", b"x = rf'{y:%s}' + z", b"x = f(a, '%s', f'{b}%s', c)"),
    *(b"x = %s", b"x = [%s, y.z]", b"x = f'%s{b}' + \\\n c", b"x = f'{%s}' f'c{d}' + z", b"if x:\n    return %s"),
    *(b"x = f'''a{y:%s}b''' + z", b"x = f'''{%s}''' 'b' + z", b"x = f'''%s''' + '''a\nb''' + c"),
    *(b"x = f'''a\n%s{b}''' + \\\n c", b"x = f'''a\n{b + %s}\nc{d}''' + e", b"x = f'''\\\n  %s{d}''' + e"),
]
KINDS = "insert insert delete delete replace replace double other other byte deep"
DEEP = [b"(", b"[", b"-", b"not ", b"1+", b"{", b"lambda:", b"x if y else ", b"f(", b"x.y.", b"1**", b"x[0]."]


class Author:
    """Changes sources; the seed alone decides how."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def source(self) -> bytes:
        """One of ours changed, or in one of five a statement that nobody wrote."""
        if self.chance.randrange(5) == 0:
            crumbs = b"".join(self.chance.choices(CRUMBS, k=self.chance.randrange(1, 7)))
            return self.chance.choice(STATEMENTS).replace(b"%s", crumbs) + b"\n"
        data = bytearray(self.chance.choice(BASES))
        for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
            self._change(data)
        return bytes(data)

    def _change(self, data: bytearray) -> None:
        first = self.chance.randrange(len(data) + 1)
        last = min(len(data), first + self.chance.choice((1, 1, 2, 5, 20, 80)))
        kind = self.chance.choice(KINDS.split())
        if kind == "insert":
            data[first:first] = self.chance.choice(PIECES)
        elif kind == "delete":
            del data[first:last]
        elif kind == "replace":
            data[first:last] = self.chance.choice(PIECES)
        elif kind == "double":
            data[first:first] = data[first:last]
        elif kind == "other":
            other = self.chance.choice(BASES)
            start = self.chance.randrange(len(other) + 1)
            data[first:first] = other[start : start + self.chance.choice((1, 5, 30))]
        elif kind == "byte":
            data[first:last] = [self.chance.randrange(256)]
        else:
            data[first:first] = self.chance.choice(DEEP) * self.chance.choice((3, 50, 150, 250, 3000))
