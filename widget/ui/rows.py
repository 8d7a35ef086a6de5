"""Which rows of a long list are drawn: those in sight and a little around them."""

from __future__ import annotations

MANY = 1000
AROUND = 0.5  # of what is in sight, above and below it
AROUND_PX = 160.0  # and no less: Tab goes on to the next row, which must be there, with something to press


class Rows:
    """Keys of rows in their order, and how high each is: measured, or guessed before it was drawn. In CSS pixels.

    Rows that go at the beginning, as a full room's do with each that comes, are taken off by counting from later on.
    """

    def __init__(self, guess_px: float) -> None:
        self.keys: list[str] = []
        self._guess_px: float = guess_px
        self._heights_px: dict[str, float] = {}
        self._gone: int = 0
        self._tops_px: list[float] = [0.0]  # counted from the first row there was
        self._right: int = 0  # tops up to this place are right

    def sync(self, keys: list[str]) -> None:
        """The rows there are now. Most often only the end is new, or some are gone at the beginning too."""
        gone = 0
        while gone < len(self.keys) and len(keys) > 0 and self.keys[gone] != keys[0]:
            gone += 1
        if gone == len(self.keys):
            gone = 0
        same = 0
        most = min(len(keys), len(self.keys) - gone)
        while same < most and keys[same] == self.keys[gone + same]:
            same += 1
        if gone + same < len(self.keys) or self._gone > max(MANY, len(keys)):
            self._begin(keys, 0 if gone > 0 or self._gone > 0 else same)
            return
        for key in self.keys[0:gone]:
            if key in self._heights_px:
                del self._heights_px[key]
        self._gone += gone
        self.keys = keys

    def _begin(self, keys: list[str], same: int) -> None:
        self.keys = keys
        self._gone = 0
        known = self._heights_px
        self._heights_px = {key: known[key] for key in keys if key in known}
        self._right = min(self._right, same)

    def measure(self, sizes_px: dict[str, float]) -> None:
        for key, height_px in sizes_px.items():
            if self._heights_px.get(key) != height_px:
                self._heights_px[key] = height_px
                place = self.place_of(key)
                if place is not None:
                    self._right = min(self._right, self._gone + place)

    def place_of(self, key: str) -> int | None:
        """Looked for from the end: a table of all rows would take more room than anything else in a full one."""
        place = len(self.keys) - 1
        while place >= 0 and self.keys[place] != key:
            place -= 1
        return None if place < 0 else place

    def top_px(self, place: int) -> float:
        """Where the row begins; for their number, where the last ends."""
        tops = self._tops_px
        wanted = self._gone + place
        while self._right < wanted:
            height = self._heights_px.get(self.keys[self._right - self._gone]) if self._right >= self._gone else None
            top = tops[self._right] + (self._guess_px if height is None else height)
            self._right += 1
            if self._right < len(tops):
                tops[self._right] = top
            else:
                tops.append(top)
        return tops[wanted] - tops[self._gone]

    def at_px(self, px: float) -> int:
        """The row that is there; the nearest one where none is."""
        low = 0
        high = len(self.keys)
        self.top_px(high)
        while low + 1 < high:
            middle = (low + high) // 2
            if self.top_px(middle) <= px:
                low = middle
            else:
                high = middle
        return low

    def around(self, above_px: float, view_px: float) -> tuple[int, int]:
        """The first row to be drawn and the one after the last, for what is in sight from there."""
        if len(self.keys) == 0:
            return 0, 0
        more_px = view_px * AROUND
        if more_px < AROUND_PX:
            more_px = AROUND_PX
        return self.at_px(above_px - more_px), self.at_px(above_px + view_px + more_px) + 1
