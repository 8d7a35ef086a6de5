"""A program has no other chats beside it: a folder is one program's."""

from __future__ import annotations

from collections.abc import Callable


class Alone:
    """Nobody tells anything, and every turn is ours."""

    def hear(self, heard: Callable[[str], None]) -> None:
        return

    def tell(self, word: str) -> None:
        return

    async def turn(self) -> Callable[[], None]:
        return lambda: None

    def close(self) -> None:
        return
