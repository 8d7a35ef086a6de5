from __future__ import annotations

def f(x: object) -> None:
    print(eval("1"))
    print(getattr(x, "name"))
    print(hash(x) == id(x))
    print(type(1))
    print(oct(8), staticmethod)
    raise KeyboardInterrupt


def own(id: int, input: int) -> int:
    compile = id + input
    return compile
