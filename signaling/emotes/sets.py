"""7TV's sets for pages: one call to 7TV serves all workers, and what it said lasts while it is slow or gone."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from auth.limits import MINUTE_S, Rate
from auth.limits import Limits as Windows
from auth.log import Log
from auth.store.shared import StoreDown
from signaling.emotes.emote import written
from signaling.emotes.kept_sets import Kept, KeptSets, tag_of
from signaling.emotes.seven_tv import EmoteSet, read_channel, read_set, set_id_of
from signaling.emotes.seven_tv_calls import LONGEST_REST_S, Away, Missing, SevenTvCalls
from signaling.emotes.turns import Turns
from signaling.limits import Limits

LOOK_EVERY_S = 0.1  # for the answer that another worker waits for
AHEAD_S = 60.0  # clocks of two workers differ by less; what is noted for later is of before ours was set back
NOTHING = written("", ())  # nothing is known now: who has something keeps it


@dataclass(frozen=True)
class Found:
    """An answer's body by its `tag`, "" for NOTHING, and how much longer it is fresh."""

    name: str
    tag: str
    fresh_s: int


class Sets:
    """Fresh for `emotes_fresh_s`; then served while it is asked for anew, for as long as it is kept."""

    def __init__(
        self, kept: KeptSets, calls: SevenTvCalls, turns: Turns, windows: Windows, limits: Limits, unlisted: bool,
        now_s: Callable[[], float], log: Log,
    ) -> None:  # fmt: skip
        self._kept = kept
        self._calls = calls
        self._turns = turns
        self._windows = windows
        self._limits = limits
        self._unlisted = unlisted
        self._now_s = now_s
        self._log = log
        self._asking: dict[str, asyncio.Task[None]] = {}

    async def find(self, name: str, new: Callable[[], Awaitable[None]]) -> Found | None:
        """None: 7TV has none. `new` is awaited before 7TV is asked for a set that nobody here knows; it may raise."""
        kept = await self._kept.look(name)
        if not self._is_due(kept):
            return self._answer(name, kept)
        if kept.tag == "":
            await new()
        asking = self._ask(name)
        if kept.tag == "" or self._age_s(kept) >= self._limits.emotes_stale_s:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(asking), self._limits.seven_tv_wait_s)
            kept = await self._kept.look(name)
        return self._answer(name, kept)

    async def body(self, found: Found) -> str:
        return NOTHING if found.tag == "" else await self._kept.body(found.name)

    async def stop(self) -> None:
        for asking in list(self._asking.values()):
            asking.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    def _is_due(self, kept: Kept) -> bool:
        if self._rests(kept) or self._is_missing(kept):
            return False
        return kept.tag == "" or self._age_s(kept) >= self._limits.emotes_fresh_s

    def _rests(self, kept: Kept) -> bool:
        longest_s = 1.5 * max(LONGEST_REST_S, self._limits.seven_tv_rest_s, self._limits.emotes_fresh_s)
        return 0 < kept.rests_until_s - self._now_s() <= longest_s

    def _is_missing(self, kept: Kept) -> bool:
        return kept.missing_at_s >= 0 and -AHEAD_S < self._now_s() - kept.missing_at_s < self._limits.emotes_missing_s

    def _age_s(self, kept: Kept) -> float:
        age_s = self._now_s() - kept.at_s
        return age_s if age_s > -AHEAD_S else self._limits.emotes_fresh_s

    def _answer(self, name: str, kept: Kept) -> Found | None:
        is_old = kept.tag == "" or self._age_s(kept) >= self._limits.emotes_stale_s
        if is_old and self._is_missing(kept):
            return None
        fresh_s = 0 if kept.tag == "" else max(0, int(self._limits.emotes_fresh_s - self._age_s(kept)))
        return Found(name, kept.tag, fresh_s)

    def _ask(self, name: str) -> asyncio.Task[None]:
        """The one call of this worker that is under way for it."""
        if name not in self._asking:
            self._asking[name] = asyncio.get_running_loop().create_task(self._renew(name))
            self._asking[name].add_done_callback(lambda task: self._asked(name, task))
        return self._asking[name]

    def _asked(self, name: str, task: asyncio.Task[None]) -> None:
        del self._asking[name]
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, StoreDown):
            self._log.broken("emotes.broken", error)

    async def _renew(self, name: str) -> None:
        life_s = 3 * self._limits.seven_tv_timeout_s  # of two calls, and what is between
        turn = await self._turns.take(name, life_s)
        if turn == "":
            await self._await_another(name, life_s)
            return
        try:
            if self._is_due(await self._kept.look(name)):  # else somebody was a moment earlier
                await self._fetch(name)
        finally:
            await self._turns.give_back(name, turn)

    async def _await_another(self, name: str, life_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(life_s):
                while await self._turns.is_taken(name):  # noqa: ASYNC110 - of another process there is no event
                    await asyncio.sleep(LOOK_EVERY_S)

    async def _fetch(self, name: str) -> None:
        try:
            found = await self._read(name)
        except Missing:
            await self._kept.note_missing(name, self._now_s())
            return
        except Away as away:
            await self._rest(name, away.rest_s)
            return
        body, kept = written(found.id, found.emotes), await self._kept.look(name)
        if len(found.emotes) == 0 and kept.tag not in ("", tag_of(body)):
            # 7TV has answered with nothing by mistake before; an empty set is believed when the full one has ended.
            await self._kept.note_rest(name, self._now_s() + self._limits.emotes_fresh_s, self._limits.emotes_fresh_s)
            return
        await self._kept.keep(name, body, self._now_s())

    async def _rest(self, name: str, rest_s: int) -> None:
        """Not all workers of all hosts come back in the same second."""
        if rest_s > 0:
            await self._kept.rest(rest_s)
        alone_s = max(rest_s, self._limits.seven_tv_rest_s) * (1 + random.random() / 2)  # noqa: S311 - no secret
        await self._kept.note_rest(name, self._now_s() + alone_s, alone_s)
        self._log.write("emotes.away", kind=name.partition(":")[0])

    async def _read(self, name: str) -> EmoteSet:
        kind, _, asked = name.partition(":")
        if kind != "twitch":
            return self._as_set(await self._get(f"/emote-sets/{asked or kind}"), asked or kind)
        channel = read_channel(
            await self._get(f"/users/twitch/{asked}"), self._limits.emotes_per_set, self._unlisted
        )
        if channel is None:
            raise Away
        set_id = set_id_of(channel.set_id)
        if set_id == "":
            raise Missing
        if channel.inside is not None:
            return _usable(channel.inside, set_id)
        return self._as_set(await self._get(f"/emote-sets/{set_id}"), set_id)

    def _as_set(self, data: object, asked: str) -> EmoteSet:
        found = read_set(data, self._limits.emotes_per_set, self._unlisted)
        if found is None:
            raise Away
        return _usable(found, asked)

    async def _get(self, path: str) -> object:
        if await self._kept.rests():
            raise Away
        wait_s = await self._windows.take("seven-tv", "all", Rate(self._limits.seven_tv_per_min, MINUTE_S))
        if wait_s > 0:
            raise Away
        return await self._calls.get(path, self._now_s())


def _usable(found: EmoteSet, asked: str) -> EmoteSet:
    """Under an id that a page can be told, which is never ""."""
    if found.is_personal:  # one person's: whoever else used it would show what nobody knows
        raise Missing
    return found if set_id_of(found.id) != "" else EmoteSet(asked, found.emotes)
