"""The first clause that fits is taken."""

from __future__ import annotations


def which(n: int) -> str:
    try:
        if n == 0:
            raise KeyError("k")
        if n == 1:
            raise IndexError("i")
        if n == 2:
            raise ValueError("v")
        if n == 3:
            raise TypeError("t")
        if n == 4:
            raise TimeoutError("late")
        if n == 5:
            raise ZeroDivisionError("z")
        return "none"
    except KeyError:
        return "key"
    except LookupError:
        return "lookup"
    except (ValueError, TypeError) as error:
        return f"value or type {error}"
    except OSError:
        return "os"
    except Exception as error:
        return f"other {error}"


def main() -> None:
    print([which(n) for n in range(7)])
