from __future__ import annotations

class A:
    def f(self) -> None:
        other = super()
        print(other is None)


class B(A):
    def f(self) -> None:
        super(A, self).f()
