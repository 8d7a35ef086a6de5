"""try, except, else, finally and their order."""

from __future__ import annotations

class AppError(Exception):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code: int = code


class NotFound(AppError):
    pass


class Silly(Exception):
    def __str__(self) -> str:
        return "silly!"


def risky(n: int) -> int:
    if n == 1:
        raise ValueError("bad value")
    if n == 2:
        raise NotFound(404, "nothing")
    if n == 3:
        raise Silly()
    if n == 4:
        return [1, 2][n]
    return n


def run(n: int) -> str:
    try:
        value = risky(n)
    except NotFound as error:
        return f"not found {error.code} {error} {error.args}"
    except (ValueError, Silly) as error:
        return f"caught {error} {error.args}"
    except Exception as error:
        return f"other {isinstance(error, IndexError)} {isinstance(error, LookupError)}"
    else:
        return f"fine {value}"
    finally:
        print("finally", n)


def main() -> None:
    for n in range(5):
        print(run(n))
    print(str(ValueError()), str(ValueError("a", 1)), repr(ValueError("x")), repr(NotFound(1, "m")), ValueError("a").args, str(KeyError("k")), repr(KeyError(1)))
