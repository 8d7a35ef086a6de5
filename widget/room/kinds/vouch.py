"""VOUCH, another device of which the author says that it is theirs too: the 32 bytes that name its key (RFC 7638)."""

from __future__ import annotations

from widget.crypto.session import PeerSession
from widget.errors import MALFORMED, CwError
from widget.room.entry import Entry
from widget.room.view import View

VOUCH = 6
DEVICE_BYTES = 32


class Vouch:
    """It is for each member to know whether the author's own device is the person's."""

    def may(self, view: View, entry: Entry) -> bool:
        return True

    def apply(self, view: View, entry: Entry, body: bytes) -> None:
        if len(body) != DEVICE_BYTES:
            raise CwError(MALFORMED, "not the name of a device")
        author = entry.author
        view.of(VOUCH)[" ".join([author.sub, author.jkt.hex(), body.hex()])] = ""


def vouchers(view: View, peer: PeerSession) -> list[str]:
    """The devices of the same person that vouch for that one."""
    found: list[str] = []
    for vouch in view.of(VOUCH):
        sub, by, device = vouch.split(" ")
        if sub == peer.sub and device == peer.jkt.hex():
            found.append(by)
    return found
