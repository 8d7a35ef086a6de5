"""What is compared with an empty text, with 0 and with no length."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Box:
    count: int

    def __len__(self) -> int:
        return self.count


def texts(text: str, other: str | None) -> str:
    found = "empty" if text == "" else "full"
    if other == "":
        found += " empty"
    if other != "":
        found += " not empty"
    if not (text != "") and not (other == ""):
        found += " both"
    return found


def numbers(whole: int, part: float, maybe: int | None) -> str:
    found = ""
    if whole == 0:
        found += "zero "
    if whole != 0:
        found += "some "
    if part == 0:
        found += "zero "
    if part != 0:
        found += "some "
    if maybe == 0:
        found += "zero"
    elif maybe != 0:
        found += "some"
    return found


def lengths(items: list[int], names: dict[str, int], data: bytes, text: str, box: Box) -> str:
    found = ""
    while len(items) > 0:
        found += str(items.pop())
    if len(names) == 0 or len(data) != 0:
        found += " either"
    if len(text) > 0 and not len(data) > 0:
        found += " text"
    if len(box) > 0:
        found += " box"
    return found + (" none" if len(text) == 0 else "") + (" two" if len(text) == 2 or len(text) > 1 else "")


def left(count: int) -> list[int]:
    seen = []
    while count != 0:
        seen.append(count)
        count -= 1
    return seen


def main() -> None:
    print(texts("", None), texts("", ""), texts("0", " "), texts("a", None))
    nan = float("nan")
    print(numbers(0, 0.0, 0), numbers(1, nan, None), numbers(-1, -0.0, 1), numbers(0 * -1, 0.5, None))
    print(lengths([1, 2], {}, b"", "😀", Box(0)), lengths([], {"a": 1}, b"\0", "", Box(1)))
    print(lengths([0], {"": 0}, b"", "ab", Box(2)))
    print(left(3), left(0))
    text, count, items = "", 0, [1]
    print(text == "", text != "", count == 0, count != 0, len(items) > 0, len(items) == 0, len(text) > 0)
    print(text == "" and count == 0, text != "" or count != 0, not text != "", [count != 0 and text == ""])
    kept = len(items) > 0
    print(kept, (len(items) > 0) == (count == 0), str(text != ""), f"{count != 0} {len(text) > 0}")
