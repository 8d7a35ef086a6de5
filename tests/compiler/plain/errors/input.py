from __future__ import annotations


class Broken(ValueError):
    pass


def f(text: str) -> str:
    try:
        return text + "x"
    except Broken as error:
        raise KeyError(text) from error
    finally:
        print("done")
