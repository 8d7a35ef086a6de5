"""The shortest text that leads back to the float."""

from __future__ import annotations


def main() -> None:
    for value in (1e15, 1e16, 123456789012345680.0, 1e21, 1e22, 1e-4, 1e-5, 0.00001234, 5e-324, 1.7976931348623157e308, 0.1, 100.0, 1e2, 1.0e10):
        print(value, -value, repr(value), str(value), float(str(value)) == value)
