"""Or-patterns that bind the same names in different places, and `as` around them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Text:
    body: str


@dataclass
class Image:
    size: int
    caption: str


@dataclass
class Note:
    title: str
    number: int
    body: str


@dataclass
class Pair:
    left: Text | Note
    right: Text | Note


def body(item: Text | Note | Pair | None) -> str:
    """The same attribute of different classes."""
    match item:
        case Text(body) | Note(body=body):
            return body
        case Pair(Text(body="x"), Text(body)) | Pair(Text(body="y"), Note(body=body)):
            return f"right {body}"
        case Pair(left=Note(body=body) | Text(body=body)):
            return f"left {body}"
        case None:
            return "none"


def first(items: list[int]) -> str:
    match items:
        case [0, x] | [x, 0]:
            return f"with zero {x}"
        case [x] | [_, x] | [_, _, x] if x > 5:
            return f"ends high {x}"
        case ([1, *_] | [2, *_]) as whole:
            return f"starts {whole}"
        case _:
            return "none"


def caption(item: Text | Image | None) -> str:
    match item:
        case Text(body=words) | Image(caption=words):
            return words
        case None:
            return "-"


def direction(word: str) -> tuple[str, int]:
    match word.split():
        case [("n" | "north") as where] | ["go", ("n" | "north") as where]:
            return where, 1
        case ["go", ("s" | "south" as where)]:
            return where, -1
        case [*_] as words:
            return " ".join(words), 0


def main() -> None:
    for items in ([0, 4], [4, 0], [0, 0], [9], [1, 7], [1, 2, 8], [1, 1], [2, 2, 2], [3, 3]):
        print(first(items))
    text, note = Text("t"), Note("title", 1, "n")
    print(body(text), body(note), body(None), body(Pair(note, text)), body(Pair(text, note)))
    print(body(Pair(Text("x"), text)), body(Pair(Text("y"), note)))
    print(caption(Text("t")), caption(Image(1, "c")), caption(None))
    print(direction("n"), direction("go north"), direction("go s"), direction("stay here now"))
