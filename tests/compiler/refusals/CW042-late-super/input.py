from __future__ import annotations

class A:
    def __init__(self) -> None:
        self.x: int = 1


class B(A):
    def __init__(self, flag: bool) -> None:
        self.flag: bool = flag
        super().__init__()


class C(A):
    def __init__(self) -> None:
        self.y: int = 2
