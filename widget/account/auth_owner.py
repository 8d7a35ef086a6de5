"""Whom a sign-in tells what becomes of it."""

from __future__ import annotations

from typing import Protocol

from widget.errors import ChatError


class AuthOwner(Protocol):
    """The chat."""

    def auth_changed(self) -> None:
        """Signed in or out."""
        ...

    def auth_renewed(self) -> None:
        """There is a newer access token."""
        ...

    async def auth_passed(self) -> None:
        """The page names somebody else."""
        ...

    def auth_ending(self) -> None:
        """The page has to bring a newer token, or the sign-in ends."""
        ...

    async def sign_out(self, everywhere: bool) -> None:
        """The page says that nobody is signed in on the site."""
        ...

    def failed(self, error: ChatError) -> None: ...
