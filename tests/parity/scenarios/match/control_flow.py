"""match in loops, in try, in functions that return nothing; nested matches; break and continue."""

from __future__ import annotations

from collections.abc import Callable, Iterator


def tokens(text: str) -> list[str]:
    found: list[str] = []
    index = 0
    while index < len(text):
        match text[index]:
            case " ":
                index += 1
                continue
            case "(" | ")" as bracket:
                found.append(bracket)
            case "#":
                break
            case char if char.isdigit():
                start = index
                while index < len(text) and text[index].isdigit():
                    index += 1
                found.append(text[start:index])
                continue
            case char:
                found.append(f"?{char}")
        index += 1
    return found


def nested(a: int, b: str) -> str:
    match a:
        case 1:
            match b:
                case "x":
                    return "1x"
                case other:
                    b = other + "!"
        case n:
            match b:
                case n_text if n > 2:
                    b = n_text * n
                case "y":
                    b = "why"
    return b


def steps(kind: str) -> Iterator[int]:
    match kind:
        case "one":
            yield 1
        case "two":
            yield 1
            yield 2
        case _:
            yield from steps("two")
            yield 3


def attempts(value: int) -> str:
    try:
        match value:
            case 0:
                raise ValueError("zero")
            case 1:
                return "returned"
            case n:
                result = 10 // (n - 2)
    except ValueError as error:
        return f"caught {error}"
    except ZeroDivisionError:
        return "divided"
    finally:
        print("finally", value)
    return f"result {result}"


def nothing(value: int) -> None:
    match value:
        case 1:
            print("one")
        case 2:
            pass
        case _:
            return
    print("end")


def closures(values: list[int]) -> list[Callable[[], int]]:
    found: list[Callable[[], int]] = []
    for value in values:
        match value:
            case 0:
                pass
            case n if n < 10:
                found.append(lambda: n)
            case n:
                found.append(lambda: -n)
    return found


def main() -> None:
    print(tokens("(12 x) 3 # rest"))
    print(nested(1, "x"), nested(1, "z"), nested(3, "ab"), nested(2, "y"), nested(2, "q"))
    print(list(steps("one")), list(steps("two")), list(steps("")))
    print([attempts(value) for value in (0, 1, 2, 4)])
    for value in (1, 2, 3):
        nothing(value)
    print([read() for read in closures([1, 0, 20, 3])])
