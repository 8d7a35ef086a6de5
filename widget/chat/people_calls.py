"""Whom I let in, put out and know: the calls about the other people in the room."""

from __future__ import annotations

from widget.chat.account_calls import AccountCalls


class PeopleCalls(AccountCalls):
    """Those about other people; `user_id` is their sub."""

    async def remove_member(self, user_id: str, ban: bool = False, hide: bool = False) -> None:
        """Put somebody out, as a host or a moderator. What they say afterwards nobody reads.

        With `ban` they cannot come back, with `hide` what they said before goes too.
        """
        await self._telling(lambda: self._rooms.moderation().remove(user_id, ban, hide))

    async def readmit_member(self, user_id: str) -> None:
        """Who was removed may come again."""
        await self._telling(lambda: self._rooms.moderation().readmit(user_id))

    async def set_moderator(self, user_id: str, on: bool) -> None:
        """A host names moderators, who remove members and let people in."""
        await self._telling(lambda: self._rooms.moderation().set_moderator(user_id, on))

    async def approve(self, user_id: str) -> None:
        """Let somebody in who waits for it."""
        await self._telling(lambda: self._rooms.moderation().approve(user_id))

    async def safety_number(self, user_id: str) -> str:
        """60 digits that are the same for that person and me, if nobody sits between us: compare them another way."""
        return await self._telling(lambda: self._rooms.people().number(user_id))

    async def compare(self, user_id: str, same: bool) -> None:
        """The numbers were compared: the person is marked for as long as it is on the same devices."""
        await self._telling(lambda: self._rooms.people().compare(user_id, same))

    def room_code(self) -> str:
        """20 digits that are equal on two screens when both have the same members and secret; "" before that."""
        self.check()
        session = self._rooms.session
        return "" if session is None else session.peers.group.room_code()
