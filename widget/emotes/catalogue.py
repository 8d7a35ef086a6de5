"""The emotes that a room may use: the site's own, those of the room, of the site's configuration, and everybody's.

Each set is shown as it is kept, then asked for; and while somebody is in the room again and again, at random times.
Emotes are an extra: of a service that is away nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from widget.core.api import Api
from widget.core.config import ChatConfig
from widget.emotes.answer import Places, read_answer
from widget.emotes.limits import ASK_EACH_MS, ASKS, FRESH_MS, SHELF, TIRED_MS
from widget.emotes.shelf import Shelf
from widget.errors import ChatError, CwError, RefusedError
from widget.model import EmoteData, Source
from widget.ports import Clock, Digest
from widget.transport.bucket import Bucket
from widget.wire.codec import U32, Reader, utf8

CUSTOM = "custom"
UNKNOWN = "emotes.unknown"


class EmoteSet:
    """One as I know it. `due_ms` is when to ask for it, on the steady clock."""

    def __init__(self, path: str) -> None:
        self.path: str = path
        self.answer: str = ""
        self.emotes: list[EmoteData] = []
        self.due_ms: int = 0
        self.failures: int = 0


class Catalogue:
    """`show` hears of all that may be used, of those with one name the first."""

    def __init__(
        self, clock: Clock, digest: Digest, api: Api, shelf: Shelf, places: Places, config: ChatConfig,
        show: Callable[[list[EmoteData]], None],
    ) -> None:  # fmt: skip
        self._clock: Clock = clock
        self._digest: Digest = digest
        self._api: Api = api
        self._shelf: Shelf = shelf
        self._config: ChatConfig = config
        self._show: Callable[[list[EmoteData]], None] = show
        self._places: Places = places
        self._pace: Bucket = Bucket(clock, ASKS, ASK_EACH_MS)
        self._known: dict[str, EmoteSet] = {}
        self._wanted: dict[str, Source] = {}
        self._shown: list[EmoteData] = []

    def use(self, emote_set: str, channel: str) -> None:
        """In a room with that set and channel, "" where it has none."""
        config = self._config
        wanted: dict[str, Source] = {CUSTOM: "custom"}
        for path in paths(emote_set, channel):
            wanted[path] = "room"
        for path in paths(config.emote_set, config.twitch_channel):
            if path not in wanted:
                wanted[path] = "site"
        wanted["global"] = "global"
        known = self._wanted
        if list(wanted) != list(known) or list(wanted.values()) != list(known.values()):
            self._wanted = wanted
            self._clock.spawn(self._fetch(wanted))

    def rest(self) -> None:
        """In no room: nothing is asked for."""
        self._wanted = {}

    async def _fetch(self, wanted: dict[str, Source]) -> None:
        """Again and again, while they are what is wanted."""
        if len(self._known) > SHELF:
            self._known = {path: one for path, one in self._known.items() if path in wanted}
        news = [EmoteSet(path) for path in wanted if path not in self._known]
        for one in news:
            self._known[one.path] = one
        for one in news:
            await self._recall(one)
        self._merge()
        for path in wanted:
            self._clock.spawn(self._ask(self._known[path]))
        if wanted is self._wanted:
            self._clock.after(self._spread_ms(FRESH_MS), lambda: self._again(wanted))

    def _again(self, wanted: dict[str, Source]) -> None:
        if wanted is self._wanted:
            self._clock.spawn(self._fetch(wanted))

    async def _recall(self, one: EmoteSet) -> None:
        at_ms, answer = await self._shelf.read(one.path)
        age_ms = self._clock.now_ms() - at_ms
        try:
            if one.answer == "" and answer != "" and self._take(one, answer) and age_ms >= 0:
                one.due_ms = self._clock.steady_ms() + FRESH_MS - age_ms
        except CwError:  # of an older version
            return

    async def _ask(self, one: EmoteSet) -> None:
        if self._clock.steady_ms() < one.due_ms or not self._pace.has():
            return
        self._pace.take(1)
        one.due_ms = self._clock.steady_ms() + FRESH_MS
        try:
            answer = utf8(await self._api.call("GET", f"/emotes/{one.path}", {}, b"", self._config.emote_cache))
            one.failures = 0
            if self._take(one, answer):
                self._merge()
                await self._shelf.write(one.path, answer)
        except ChatError as error:
            one.failures += 1
            one.due_ms += min(TIRED_MS, FRESH_MS * 2**one.failures)
            if isinstance(error, RefusedError) and error.code == UNKNOWN:
                one.emotes = []
                self._merge()

    def _take(self, one: EmoteSet, answer: str) -> bool:
        """False where it says nothing; CwError for what is no answer."""
        if answer != one.answer:
            emotes = read_answer(answer, self._places, one.path == CUSTOM)
            if emotes is None:
                return False
            one.answer = answer
            one.emotes = emotes
        return True

    def _merge(self) -> None:
        found: dict[str, EmoteData] = {}
        for path, source in self._wanted.items():
            one = self._known.get(path)
            for emote in [] if one is None else one.emotes:
                if emote.name not in found:
                    found[emote.name] = emote if emote.source == source else replace(emote, source=source)
        emotes = list(found.values())
        if emotes != self._shown and len(self._wanted) > 0:
            self._shown = emotes
            self._show(emotes)

    def _spread_ms(self, wait_ms: int) -> int:
        return wait_ms + wait_ms * Reader(self._digest.random(4)).u32() // U32


def paths(emote_set: str, channel: str) -> list[str]:
    found = [] if emote_set == "" else [f"7tv/set/{emote_set}"]
    return found if channel == "" else [*found, f"7tv/twitch/{channel}"]
