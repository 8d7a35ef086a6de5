"""What I remember of one author: the hashes of their last frames, to see gaps and two-tongued talk."""

from __future__ import annotations

from widget.crypto.limits import MAX_OVERLAP, MAX_REMEMBERED_HASHES
from widget.model import Flag

NO_FRAME = "00000000000000000000000000000000"


class Author:
    """Lives across epochs. Hashes are 32 hex digits."""

    def __init__(self) -> None:
        self._hashes: list[str] = []
        self.is_two_tongued: bool = False  # two different frames with one counter, both signed

    def remember(self, frame_hash: str) -> None:
        self._hashes.append(frame_hash)
        if len(self._hashes) > MAX_REMEMBERED_HASHES:
            self._hashes = self._hashes[1:]

    def flags(self, counter: int, prev: str, complete: bool) -> list[Flag]:
        """What is odd about the frame just remembered. `complete`: I have every earlier frame of its epoch."""
        follows = prev in self._hashes
        if self.is_two_tongued or (complete and not follows and self._denies(counter, prev)):
            return ["equivocation"]
        lost_before = counter == 0 and len(self._hashes) > 1 and not follows
        return [] if complete and not lost_before else ["missing"]

    def _denies(self, counter: int, prev: str) -> bool:
        """It follows a frame that I never got although I got all: others were told something else.

        Frames sealed at the same time follow the last finished one, so the first few may follow none.
        """
        return counter > 0 and (prev != NO_FRAME or counter >= MAX_OVERLAP)
