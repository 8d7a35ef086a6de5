from __future__ import annotations

class A:
    pass


class B:
    pass


class C(A, B):
    pass
