"""Both sides of an assignment fail: the error of the right side is the one that is seen."""

from __future__ import annotations


def main() -> None:
    names = {1: "one"}
    try:
        names[[3].index(10)] = names[7]
    except KeyError:
        print("the right side")
    except ValueError:
        print("the key")
    items = [1, 2]
    try:
        items[names[9].count("x")] = 1 // (items[0] - 1)
    except ZeroDivisionError:
        print("the right side")
    except KeyError:
        print("the key")
    names[[1].index(1)] = names[1] + "!"
    print(names)
