"""Failed handshakes that people may have to act on, each told once."""

from __future__ import annotations

from collections.abc import Callable

from widget.crypto.reasons import BIND_MAC, BIND_SIGNATURE, PSK_GENERATION, PSK_PROOF
from widget.errors import ChatError, CwError


class Warnings:
    """`tell` brings a warning to the person."""

    def __init__(self, tell: Callable[[ChatError], None]) -> None:
        self._tell: Callable[[ChatError], None] = tell
        self._told: list[str] = []

    def failed(self, error: ChatError, is_alone: bool, has_open_channel: bool) -> None:
        """A handshake failed. `is_alone`: with nobody verified yet, a wrong invite is ours and not theirs."""
        if not isinstance(error, CwError):
            return
        if error.reason in (PSK_PROOF, PSK_GENERATION) and is_alone:
            self._once("invite.wrong", "The members of this room have another invite. Ask for the current one.")
        elif error.reason in (BIND_SIGNATURE, BIND_MAC) and has_open_channel:
            text = "A direct connection led to somebody else than it should (possible interception). It is not used."
            self._once("link.interception", text)

    def _once(self, code: str, text: str) -> None:
        if code not in self._told:
            self._told.append(code)
            self._tell(ChatError(code, text))
