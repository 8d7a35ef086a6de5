"""What follows from an event in a group: for whoever carries it out."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PairBlob:
    """Something for one peer's pair channel."""

    to_sid: str
    blob: bytes = field(repr=False)


class GroupStep:
    """Blobs to send, and whether the epoch changed."""

    def __init__(self) -> None:
        self.blobs: list[PairBlob] = []
        self.new_epoch: bool = False

    def send(self, sids: list[str], blob: bytes) -> None:
        for sid in sids:
            self.blobs.append(PairBlob(sid, blob))
