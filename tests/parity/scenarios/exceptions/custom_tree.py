"""Errors with codes, and handlers in order."""

from __future__ import annotations

class ChatError(Exception):
    code: str = "unknown"

    def __init__(self, message: str, retry_s: int = 0) -> None:
        super().__init__(message)
        self.message: str = message
        self.retry_s: int = retry_s

    def describe(self) -> str:
        return f"{self.code}: {self.message} ({self.retry_s})"


class Refused(ChatError):
    code: str = "refused"


class Slow(Refused):
    code: str = "slow"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds}", retry_s=seconds)


def run(n: int) -> None:
    errors: list[Exception] = [ChatError("m"), Refused("r", 2), Slow(9), OSError("net")]
    raise errors[n]


def main() -> None:
    for n in range(5):
        try:
            run(n)
        except Slow as slow:
            print("slow", slow.describe(), slow, slow.args)
        except ChatError as error:
            print("chat", error.describe(), isinstance(error, Refused), str(error))
        except IndexError:
            print("index")
        except Exception as error:
            print("other", error)
    print(type(Slow(1)).__name__, ChatError.__name__, type(ValueError("x")).__name__)
