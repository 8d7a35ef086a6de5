from __future__ import annotations

from collections.abc import Callable


class Room:
    """A room."""

    SIZE: int = 3

    def __init__(self, name: str, open: bool = True) -> None:
        self.name: str = name
        self._members: list[str] = []

    @property
    def is_full(self) -> bool:
        return len(self._members) >= self.SIZE

    async def join(self, who: str) -> None:
        self._members.append(who)
        await self.tell(who, loud=False)

    async def tell(self, who: str, loud: bool) -> None:
        for member in self._members:
            print(member)

    def leave(self, who: str, loud: bool = False) -> None:
        self._members.remove(who)

    def leaver(self) -> Callable[[str], None]:
        return self.leave
