"""`with` and try around each other, and an error raised again inside `except`."""

from __future__ import annotations


class Note:
    def __init__(self, name: str, ends: bool = False) -> None:
        self.name: str = name
        self.ends: bool = ends

    def __enter__(self) -> None:
        print("enter", self.name)

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        print("exit", self.name, error is not None)
        return self.ends


def inside_try(fails: bool) -> str:
    try:
        with Note("t"):
            if fails:
                raise ValueError("x")
    except ValueError as error:
        return f"caught {error}"
    else:
        return "else"
    finally:
        print("finally")


def inside_handler() -> None:
    try:
        raise KeyError("first")
    except KeyError:
        with Note("h"):
            raise


def inside_finally() -> int:
    try:
        return 1
    finally:
        with Note("f", True):
            raise ValueError("ended here")


def try_inside() -> str:
    with Note("w"):
        try:
            raise IndexError("i")
        except IndexError:
            print("handled")
        finally:
            print("finally")
        return "done"
    return "ended"


def main() -> None:
    print(inside_try(False), inside_try(True))
    try:
        inside_handler()
    except KeyError as error:
        print("again", error)
    print(inside_finally())
    print(try_inside())
