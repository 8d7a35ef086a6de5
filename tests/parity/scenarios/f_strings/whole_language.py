"""Every part of the small language of specifications, and specifications that are made while the program runs."""

from __future__ import annotations

SPECS = ["", "5", "<8", "^9,", "+,", "08,.2f", "_", "#.3g", "e", ".1%", " .0f", "x>12.4", ".2", "010_.1f"]


def ints(values: list[int]) -> None:
    for n in values:
        print(f"{n:_} {n:,} {n:#x} {n:#X} {n:#o} {n:#b} {n:_x} {n:_b} {n: d} {n:+05d} {n:<05} {n:*^9,} {n:09,} {n:#010x}")
        print(f"{n:e} {n:.2E} {n:g} {n:.3G} {n:.1%} {n:,.2f} {n:F} {n:=8} {n:0=8} {n:x=+8} {n:c<8d} {n:012_d} {n:^+9_d}")


def floats(values: list[float]) -> None:
    for x in values:
        print(f"{x:e} {x:.0e} {x:.3E} {x:g} {x:.3g} {x:G} {x:#g} {x:.10g} {x:.2} {x:.17} {x:,} {x:_.3f} {x:#.0f}")
        print(f"{x:10} {x:<10} {x:^10}| {x:+} {x: } {x:010} {x:010,.1f} {x:.1%} {x:,.0%} {x:+.2f} {x:0>+9.1f} {x:.30f} {x:F}")


def made(values: list[int], others: list[float], width: int, places: int) -> None:
    print(f"[{values[0]:{width}}] [{others[0]:{width}.{places}f}] [{'ab':*^{width}}] [{'abc':.{places}}] [{values[1]:0{width}}]")
    for spec in SPECS:
        print(repr(spec), end_of(format(others[1], spec)), format(values[1], "x") if spec == "" else f"{others[2]:{spec}}")
    for spec in ["5", "^7", "_>6.1", "05", "s"]:
        print(f"[{'né😀':{spec}}]", format("text", spec))
    for name, spec in [("int", ".2"), ("int", ",x"), ("float", "d"), ("text", "+"), ("text", "=5"), ("int", "q"), ("int", "5 ")]:
        try:
            print(format(1, spec) if name == "int" else format(1.5, spec) if name == "float" else format("a", spec))
        except ValueError:
            print("no", name, spec)


def end_of(text: str) -> str:
    return f"<{text}>"


def texts() -> None:
    name, code = "Zoë", 8364
    print(f"{name:05} {name:>05s} {name!r:>8} {name!s:_^9.2} {code:c} {code:>3c} {12!r:>4} {True!s:>6} {None!s:<6}|")
    print(format(name), format(3.5), format(42, "b"), format(name, ">5"), format(-0.0, ".1f"), format(True))
    total, share = 1234567.891, 0.4567
    print(f"{total:,.2f} {share:.1%} {total:>15,.1f} {total:.3e} {total:012_.1f} {-share:+.2%} {2**40:,} {2**40:_}")


def main() -> None:
    ints([0, -42, 1234567])
    floats([-0.0, 2.5, -1234.5678, 1e22, 5e-324, float("inf"), float("nan")])
    made([5, -17], [3.14159, -12345.678, 0.05], 9, 2)
    texts()
