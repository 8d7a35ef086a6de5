from __future__ import annotations

class NoError:
    pass


def f() -> None:
    try:
        f()
    except NoError:
        pass
    raise NoError()
