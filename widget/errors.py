"""What can go wrong, as one tree named by what the caller can do about it.

    ChatError            carries a stable `code` and a sentence a person can act on
    ├── ConfigError      the page that embeds the chat is set up wrongly
    ├── OrderError       a call came too early: sign in or join first
    │   └── StoppedError what was under way was ended by another call; nobody but its caller needs to know
    ├── UnreachableError a service or a peer does not answer; trying again may help
    ├── RefusedError     a service answered no; `retry_after_s` says when to ask again
    └── CwError          bytes that break the protocol; `reason` is its number in widget/crypto/README.md
"""

from __future__ import annotations

from typing import TypeAlias

# A text for people who debug. The scripts that pages load leave it out (docs/PYTHON_SUBSET.md).
Remark: TypeAlias = str

AWAY = "The service does not answer. Check the connection and try again."
AGAIN = " (Possible again in "  # then a number of seconds; a screen finds the sentence before it
MALFORMED = 1  # the reason of every decoding failure; the others are in widget/crypto/reasons.py


class ChatError(Exception):
    """An error with a stable `code` ("config.missing") and a message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code: str = code
        self.message: str = message


class ConfigError(ChatError):
    """The configuration cannot work; the message says what to write instead."""


class OrderError(ChatError):
    """A call that needs an earlier one."""


class StoppedError(OrderError):
    """What was under way was ended by another call of the same page, as a way into a room is by leaving it."""


class UnreachableError(ChatError):
    """No answer: network, server or peer is away."""

    def __init__(self, code: str, message: str = AWAY) -> None:
        super().__init__(code, message)


class RefusedError(ChatError):
    """A service refused. `retry_after_s` is 0 when it did not say when to ask again; `plain` is the message without it.

    With `bits` above 0 it will say yes to whoever solves the `puzzle`, 32 bytes in hex (docs/ARCHITECTURE.md), and with
    a `nonce` to whoever has it in the proof.
    """

    def __init__(self, code: str, message: str, retry_after_s: int = 0) -> None:
        super().__init__(code, message)
        self.retry_after_s: int = retry_after_s
        self.plain: str = message
        self.puzzle: str = ""
        self.bits: int = 0
        self.nonce: str = ""


class CwError(ChatError):
    """Bytes from outside that break the protocol. `reason` is stable and counted, never shown to the sender."""

    def __init__(self, reason: int, remark: Remark = "") -> None:
        super().__init__(f"cw.{reason}", f"Refused (cw.{reason}). {remark}")
        self.reason: int = reason
