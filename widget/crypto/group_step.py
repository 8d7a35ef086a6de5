"""What follows from an event in a group: for whoever carries it out."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.session import PeerSession


@dataclass(frozen=True)
class PairBlob:
    """Something for one peer's pair channel."""

    to_sid: str
    blob: bytes = field(repr=False)


class GroupStep:
    """Blobs to send, whether the epoch changed, and who is found to have made two epochs of one."""

    def __init__(self) -> None:
        self.blobs: list[PairBlob] = []
        self.new_epoch: bool = False
        self.liars: list[PeerSession] = []

    def send(self, sids: list[str], blob: bytes) -> None:
        for sid in sids:
            self.blobs.append(PairBlob(sid, blob))

    def taken(self) -> GroupStep:
        """What has gathered; from now on it gathers anew."""
        taken = GroupStep()
        taken.blobs = self.blobs
        taken.new_epoch = self.new_epoch
        taken.liars = self.liars
        self.blobs = []
        self.new_epoch = False
        self.liars = []
        return taken
