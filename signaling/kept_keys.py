"""The sign-in service's document as it was last published, kept where a worker that starts anew finds it.

It is public and signed by the root, whose hash every worker is given at its start: a store that lies about it is not
believed. All that a liar could do is to show an older one that the root has signed, and only while the service is away.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Protocol

from auth.store.shared import Store, StoreDown, StoreRefusal

KEY = "cws:keys"


@dataclass(frozen=True)
class Published:
    """A document, unchecked, and when the service was last seen to publish it."""

    document: str
    at_s: int


class Kept(Protocol):
    """Remembers the last document."""

    async def keep(self, published: Published) -> None: ...
    async def recall(self) -> Published | None: ...


class KeptInStore:
    """In the shared store, for `hold_s`; one that is away, or has something else there, keeps and knows nothing."""

    def __init__(self, shared: Store, hold_s: int) -> None:
        self._shared = shared
        self._hold_s = hold_s

    async def keep(self, published: Published) -> None:
        with contextlib.suppress(StoreDown, StoreRefusal):
            await self._shared.command("SET", KEY, f"{published.at_s} {published.document}", "EX", self._hold_s)

    async def recall(self) -> Published | None:
        with contextlib.suppress(StoreDown, StoreRefusal, ValueError):
            at_s, _, document = str(await self._shared.command("GET", KEY) or "").partition(" ")
            return Published(document, int(at_s))
        return None


class KeptNowhere:
    """For a worker that keeps the document to itself."""

    async def keep(self, published: Published) -> None:
        return

    async def recall(self) -> Published | None:
        return None
