from __future__ import annotations

def f(text: str, data: bytes) -> None:
    text.translate({})
    data.split(b",")
