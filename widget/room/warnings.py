"""Handshakes that fail for a reason that people may have to act on."""

from __future__ import annotations

from widget.crypto.group import Group
from widget.crypto.reasons import BIND_MAC, BIND_SIGNATURE, PSK_PROOF
from widget.errors import ChatError, CwError
from widget.room.shared import Shared
from widget.transport.happened import Lost


class Warnings:
    """Each is told once in a stay."""

    def __init__(self, shared: Shared, group: Group) -> None:
        self._shared: Shared = shared
        self._group: Group = group
        self._told: list[str] = []

    def consider(self, lost: Lost) -> None:
        """With nobody verified yet, a wrong invite is ours and not theirs."""
        error = lost.error
        if not isinstance(error, CwError):
            return
        reason = error.reason
        if reason == PSK_PROOF and len(self._group.members()) == 1:
            self._once("invite.wrong", "The members of this room have another invite. Ask for the current one.")
        elif reason in (BIND_SIGNATURE, BIND_MAC) and lost.is_direct:
            text = "A direct connection led to somebody else (possible interception). It is not used."
            self._once("link.interception", text)

    def _once(self, code: str, text: str) -> None:
        if code not in self._told:
            self._told.append(code)
            self._shared.events.emit("error", ChatError(code, text))
