from __future__ import annotations

from tests.parity.scenarios.regular_expressions import _shapes
from tests.parity.scenarios.regular_expressions._shapes import NAME
from tests.parity.scenarios.regular_expressions._shapes import NUMBER as DIGITS


def main() -> None:
    for text in ["ada", "Ada1", "12", ""]:
        print(NAME.fullmatch(text) is not None, NAME.findall(text), DIGITS.search(text) is not None, DIGITS.sub("n", text))
        print(_shapes.NAME.match(text) is not None, _shapes.is_number(text), _shapes.ONCE.fullmatch(text) is None)
