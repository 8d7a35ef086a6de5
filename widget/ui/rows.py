"""Which rows of a long list are drawn: those in sight and a little around them."""

from __future__ import annotations

MANY = 1000
AROUND = 0.5  # of what is in sight, above and below it


class Rows:
    """Keys of rows in their order, and how high each is: measured, or guessed before it was drawn. In CSS pixels.

    Rows that go at the beginning, as a full room's do with each that comes, are taken off by counting from later on.
    """

    def __init__(self, guess_px: float) -> None:
        self.keys: list[str] = []
        self._guess_px: float = guess_px
        self._heights_px: dict[str, float] = {}
        self._places: dict[str, int] = {}  # counted from the first row there was
        self._gone: int = 0
        self._tops_px: list[float] = [0.0]  # the same
        self._right: int = 0  # tops up to this place are right

    def sync(self, keys: list[str]) -> None:
        """The rows there are now. Most often only the end is new, or some are gone at the beginning too."""
        first = self._places.get(keys[0]) if len(keys) > 0 else None
        gone = 0 if first is None else first - self._gone
        same = 0
        most = min(len(keys), len(self.keys) - gone)
        while same < most and keys[same] == self.keys[gone + same]:
            same += 1
        if gone + same < len(self.keys) or self._gone > max(MANY, len(keys)):
            self._begin(keys, 0 if gone > 0 or self._gone > 0 else same)
            return
        for key in self.keys[0:gone]:
            del self._places[key]
            self._heights_px.pop(key, 0.0)
        self._gone += gone
        for place in range(same, len(keys)):
            self._places[keys[place]] = self._gone + place
        self.keys = keys

    def _begin(self, keys: list[str], same: int) -> None:
        self.keys = keys
        self._gone = 0
        self._places = {key: place for place, key in enumerate(keys)}
        self._heights_px = {key: px for key, px in self._heights_px.items() if key in self._places}
        self._right = min(self._right, same)

    def measure(self, sizes_px: dict[str, float]) -> None:
        for key, height_px in sizes_px.items():
            if self._heights_px.get(key) != height_px:
                self._heights_px[key] = height_px
                self._right = min(self._right, self._places.get(key, self._right))

    def place_of(self, key: str) -> int | None:
        found = self._places.get(key)
        return None if found is None else found - self._gone

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
        return self.at_px(above_px - more_px), self.at_px(above_px + view_px + more_px) + 1
