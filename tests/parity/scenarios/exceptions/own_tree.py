"""A tree of own errors with codes."""

from __future__ import annotations


class ChatError(Exception):
    code: str = "chat"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail: str = detail


class NetError(ChatError):
    code: str = "net"


class Refused(NetError):
    code: str = "net.refused"

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status: int = status


def main() -> None:
    errors: list[ChatError] = [ChatError(), NetError("down"), Refused(403)]
    for error in errors:
        try:
            raise error
        except NetError as caught:
            print("net", caught.code, caught, caught.detail)
        except ChatError as caught:
            print("chat", caught.code, repr(str(caught)))
    print(isinstance(errors[2], ChatError), isinstance(errors[1], Refused), type(errors[2]).__name__)
