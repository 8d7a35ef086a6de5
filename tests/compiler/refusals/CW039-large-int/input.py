from __future__ import annotations

LIMIT: int = 2 ** 53 + 1
BIG: int = 18446744073709551616
