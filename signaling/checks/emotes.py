"""The doctor asks 7TV for the set that it has for everybody, and lays a file on the shelf and takes it away again."""

from __future__ import annotations

import io
import secrets
import time

from auth.checks.finding import Finding, doubt, good
from auth.log import Log
from auth.problems import Problem
from signaling.emotes.seven_tv import read_set
from signaling.emotes.seven_tv_calls import Away, Missing, SevenTvCalls
from signaling.emotes.shelf import Shelf
from signaling.settings import Settings

SEVEN_TV = "7TV"
SHELF = "emotes of sites"
NAME = "1x.png"


async def findings(settings: Settings) -> list[Finding]:
    """Doubts alone: a chat without emotes is one."""
    return [await _seven_tv(settings), await _shelf(settings)]


async def _seven_tv(settings: Settings) -> Finding:
    if not settings.seven_tv:
        return good(SEVEN_TV, "it is switched off (SIGNALING_SEVEN_TV).")
    calls, limits = SevenTvCalls(settings.seven_tv_url, settings.limits), settings.limits
    try:
        found = read_set(await calls.get("/emote-sets/global", time.time()), limits.emotes_per_set, False)
    except (Away, Missing):
        found = None
    if found is None:
        return doubt(SEVEN_TV, f"{settings.seven_tv_url} does not answer as 7TV does, so pages are told of no emotes: "
                               "let this server reach it, or set SIGNALING_SEVEN_TV=0.")
    return good(SEVEN_TV, f"it answers, with {len(found.emotes)} emotes for everybody.")


async def _shelf(settings: Settings) -> Finding:
    unheard = Log(secrets.token_bytes(32), io.StringIO())
    shelf, emote_id, data = Shelf(settings, unheard), secrets.token_hex(16), secrets.token_bytes(8)
    try:
        await shelf.put(emote_id, {NAME: data})
        is_kept = await shelf.get(emote_id, NAME) == data
        await shelf.remove(emote_id, [NAME])
    except Problem:
        is_kept = False
    if is_kept:
        return good(SHELF, f"{settings.emote_shelf} keeps pictures.")
    return doubt(SHELF, f"{settings.emote_shelf} keeps no pictures: set SIGNALING_EMOTE_SHELF to a folder that this "
                        "user may write to, or to a bucket with its SIGNALING_S3_ settings.")
