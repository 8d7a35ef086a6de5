"""Parameters behind a star are given by name."""

from __future__ import annotations


def connect(host: str, *, port: int = 80, secure: bool = False) -> str:
    return f"{'https' if secure else 'http'}://{host}:{port}"


class Link:
    def __init__(self, url: str, *, label: str) -> None:
        self.text: str = f"[{label}]({url})"


def main() -> None:
    print(connect("a"), connect("b", port=1), connect("c", secure=True, port=443), connect(host="d"), Link("u", label="l").text, Link(label="x", url="y").text)
