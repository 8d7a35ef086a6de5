"""What emotes are made of, put together once for the service and once for the command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from auth.limits import Limits as Windows
from auth.log import Log
from auth.store.shared import Store
from signaling.emotes.kept_sets import KeptSets
from signaling.emotes.owner_tokens import OwnerTokens
from signaling.emotes.picture_room import PictureRoom
from signaling.emotes.sets import Sets
from signaling.emotes.seven_tv_calls import SevenTvCalls
from signaling.emotes.shelf import Shelf
from signaling.emotes.site_emotes import SiteEmotes
from signaling.emotes.turns import Turns
from signaling.settings import Settings


@dataclass(frozen=True)
class Parts:
    """`windows` counts who asks how often."""

    sets: Sets
    site: SiteEmotes
    shelf: Shelf
    tokens: OwnerTokens
    windows: Windows


def parts(settings: Settings, store: Store, secret: bytes, now_s: Callable[[], float], log: Log) -> Parts:
    """`secret` keys the hashes of addresses."""
    limits, turns = settings.limits, Turns(store)
    windows, shelf = Windows(store, secret), Shelf(settings, log)
    calls, kept = SevenTvCalls(settings.seven_tv_url, limits), KeptSets(store, limits)
    sets = Sets(kept, calls, turns, windows, limits, settings.seven_tv_unlisted, now_s, log)
    site = SiteEmotes(store, turns, shelf, PictureRoom(limits), limits, now_s, log)
    return Parts(sets, site, shelf, OwnerTokens(store), windows)
