"""Members: their names, values, texts, identity; found by value and by name; walked in order."""

from __future__ import annotations

from enum import Enum, auto


class Color(Enum):
    """Three of them."""

    RED = 1
    GREEN = 2
    BLUE = 4


class Word(Enum):
    YES = "yes"
    NO = "no 'quoted'"


class Step(Enum):
    FIRST = auto()
    SECOND = auto()
    LATE = 7
    LAST = auto()


class Weight(Enum):
    LIGHT = 0.5
    HEAVY = 2.0
    BELOW = -1.5


def tell(color: Color | None) -> str:
    return "none" if color is None else color.name.lower()


def main() -> None:
    print(Color.RED, repr(Color.RED), f"{Color.BLUE}", [Color.RED, Color.BLUE], (Color.GREEN,), {Color.RED: 1})
    print(Color.RED.name, Color.RED.value + 1, Word.NO.value, Word.NO, repr(Word.NO), Weight.BELOW, repr(Weight.HEAVY))
    print(Color.RED == Color.RED, Color.RED is Color.GREEN, Color.RED != Color.BLUE, Color.RED in [Color.RED])
    print(Color(4), Color(2) is Color.GREEN, Word("yes"), Weight(0.5).name, Step(8))
    print(Color["BLUE"], Color["RED"] is Color.RED)
    for color in Color:
        print(color.name, color.value)
    print(list(Color), len(Color), [step.value for step in Step], sorted(Step, key=lambda step: -step.value))
    print(max(Weight, key=lambda weight: weight.value), [w.value for w in reversed(Word)], [*Word])
    print({color: color.name for color in Color if color.value > 1}, any(step.value > 6 for step in Step))
    for index, word in enumerate(Word):
        print(index, word)
    for value in [3, 0]:
        try:
            print(Color(value))
        except ValueError:
            print("no color", value)
    try:
        print(Color["PINK"])
    except KeyError as error:
        print("no color called", error)
    seen = {Color.RED, Color.GREEN, Color.RED}
    counts: dict[Color, int] = {}
    for color in [Color.BLUE, Color.RED, Color.BLUE]:
        counts[color] = counts.get(color, 0) + 1
    print(len(seen), Color.BLUE in seen, counts, counts[Color.BLUE])
    print(tell(None), tell(Color.GREEN), list(map(Color, [1, 2])), list(zip(Color, Word)))
    kind = Color
    print(kind.RED, kind(2), kind["BLUE"], isinstance(Color.RED, Color), str(Color.RED) + "!")
