from __future__ import annotations

class A(metaclass=type):
    pass
