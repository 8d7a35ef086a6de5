from __future__ import annotations

def f(x: int) -> None:
    assert x > 0


if TYPE_CHECKING:
    assert False
else:
    assert True
