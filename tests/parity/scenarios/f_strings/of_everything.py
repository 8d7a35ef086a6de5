"""Format specifications."""

from __future__ import annotations

def main() -> None:
    n, x, s, flag = 42, 3.14159, "héy", True
    print(f"{n}|{n:5}|{n:<5}|{n:^5}|{n:05d}|{n:+d}|{n:x}|{n:X}|{n:b}|{n:o}|{n:08b}|{n:04x}|{n:,}")
    print(f"{-n:05d}|{-n:x}|{-n:5}|{1234567:,}|{1234567.891:,.2f}|{0:03d}|{-5:03d}|{-n:06x}|{-n:08b}|{n:012X}|{-1:02x}")
    print(f"{x}|{x:.2f}|{x:8.3f}|{x:08.3f}|{-x:08.3f}|{x:+.1f}|{x:<8.2f}|{0.256:.1%}|{x:f}")
    print(f"{s}|{s:>6}|{s:<6}|{s:^7}|{s:*^9}|{s!r}|{s!r:>8}|{s:.2}")
    print(f"{flag}|{None}|{[1, 'a']}|{(1, 2.0)}|{{}}|{{{n}}}|{n!r}|{s!s}")
    print(f"{n + 1} {s.upper()} {'nested'} {f'{n}!'} {n=}")
    print(f"`back` ${n} \\ {'a' 'b'}")
