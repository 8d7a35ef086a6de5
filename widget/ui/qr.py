"""A QR code (ISO/IEC 18004): byte mode, level L, versions 1 to 6, always the first mask, which every reader takes."""

from __future__ import annotations

CHECKS = (7, 10, 15, 20, 26, 18)  # bytes that correct errors, of a block; version 6 has two
MOST_BYTES = 134
FORMAT = 0x77C4  # level L, mask 0
QUIET = 4  # units of light around it


def qr_path(text: str) -> tuple[str, int]:
    """The dark squares as the path of an SVG, and how many there are to a side: 0 for more than MOST_BYTES."""
    data = text.encode("utf-8")
    for version, count in enumerate(CHECKS):
        code = Code(version)
        blocks = version // 5 + 1
        room = code.free() // 8 - blocks * count
        if len(data) + 2 <= room:
            content = bytes.fromhex((f"4{len(data):02x}{data.hex()}0" + "ec11" * room)[: 2 * room])
            size = room // blocks
            parts = [list(content[size * number : size * number + size]) for number in range(blocks)]
            checks = [remainder(part, count) for part in parts]
            code.fill([one[at] for lane in (parts, checks) for at in range(len(lane[0])) for one in lane] + [0])
            return code.path(), code.size
    return "", 0


class Code:
    """The squares by row and column: 1 dark, 0 light, -1 still free. `version` counts from 0."""

    def __init__(self, version: int) -> None:
        self.size: int = 21 + 4 * version
        self._squares: list[list[int]] = [[-1 for _ in range(self.size)] for _ in range(self.size)]
        last = self.size - 7
        for x, y in ((3, 3), (last + 3, 3), (3, last + 3)):
            self._rings(x, y, 4, (2, 4))
        if version > 0:
            self._rings(last, last, 2, (1,))
        for at in range(8, last):
            self._set(at, 6, 1 - at % 2)
            self._set(6, at, 1 - at % 2)
        self._describe()

    def free(self) -> int:
        return [square for row in self._squares for square in row].count(-1)

    def fill(self, content: list[int]) -> None:
        """Up and down in columns of two, from the right; what is left over is light before the mask."""
        place = 0
        for column in range((self.size - 1) // 2):
            right = self.size - 1 - 2 * column
            if right <= 6:
                right -= 1
            for step in range(2 * self.size):
                x = right - step % 2
                y = self.size - 1 - step // 2 if column % 2 == 0 else step // 2
                if self._squares[y][x] < 0:
                    bits = content[place // 8] >> (7 - place % 8)  # of which the last counts
                    self._set(x, y, (bits + x + y + 1) % 2)
                    place += 1

    def path(self) -> str:
        path = ""
        for y, row in enumerate(self._squares):
            for x, dark in enumerate(row):
                if dark > 0:
                    path += f"M{x} {y}h1v1h-1z"
        return path

    def _set(self, x: int, y: int, value: int) -> None:
        self._squares[y][x] = value

    def _rings(self, x: int, y: int, reach: int, light: tuple[int, ...]) -> None:
        """Squares in squares around a middle; those rings are light."""
        for row in range(max(0, y - reach), min(self.size, y + reach + 1)):
            for column in range(max(0, x - reach), min(self.size, x + reach + 1)):
                ring = max(abs(row - y), abs(column - x))
                self._set(column, row, 0 if ring in light else 1)

    def _describe(self) -> None:
        """Level and mask, twice."""
        end = self.size - 1
        for at in range(15):
            bit = FORMAT >> at & 1
            self._set(8, at if at < 6 else at + 1 if at < 8 else end - 14 + at, bit)
            self._set(end - at if at < 8 else 15 - at if at < 9 else 14 - at, 8, bit)
        self._set(8, end - 7, 1)


def remainder(content: list[int], count: int) -> list[int]:
    """Reed and Solomon's check bytes, over GF(256) by x^8 + x^4 + x^3 + x^2 + 1."""
    divisor = [0 for _ in range(count - 1)] + [1]
    left = [0 for _ in range(count)]
    root = 1
    for _ in left:
        divisor = moved(divisor, divisor, root)
        root = times(root, 2)
    for byte in content:
        left = moved(left, divisor, byte & 255 ^ left[0] & 255)
    return left


def moved(row: list[int], other: list[int], factor: int) -> list[int]:
    """The row without its first, and so many times the other on it."""
    return [one & 255 ^ times(other[at], factor) & 255 for at, one in enumerate([*row[1:], 0])]


def times(one: int, other: int) -> int:
    product = 0
    for _ in range(8):
        if other % 2 > 0:
            product = product & 255 ^ one & 255
        one = (one & 127) << 1 ^ (29 if one > 127 else 0)
        other = other // 2
    return product
