"""All routes of emotes."""

from __future__ import annotations

from starlette.routing import Route

from signaling.callers import Callers
from signaling.emotes.answers import Packed
from signaling.emotes.parts import Parts
from signaling.emotes.set_routes import SetRoutes
from signaling.emotes.site_routes import SiteRoutes
from signaling.worker import Worker

GLOBAL_PATH = "/emotes/global"
SET_PATH = "/emotes/7tv/set/{id}"
CHANNEL_PATH = "/emotes/7tv/twitch/{id}"
SITE_PATH = "/emotes/custom"
EMOTE_PATH = "/emotes/custom/{id}"
PICTURE_PATH = "/emotes/custom/{id}/{file}"


def emote_routes(worker: Worker, parts: Parts, callers: Callers) -> list[Route]:
    packed = Packed()
    sets, site = SetRoutes(worker.settings, parts, callers, packed), SiteRoutes(worker, parts, callers, packed)
    return [
        Route(GLOBAL_PATH, sets.everybodys, methods=["GET"]),
        Route(SET_PATH, sets.by_id, methods=["GET"]),
        Route(CHANNEL_PATH, sets.by_channel, methods=["GET"]),
        Route(SITE_PATH, site.list, methods=["GET"]),
        Route(SITE_PATH, site.add, methods=["POST"]),
        Route(EMOTE_PATH, site.remove, methods=["DELETE"]),
        Route(PICTURE_PATH, site.picture, methods=["GET"]),
    ]


def route_of(path: str) -> str:
    """What a path of emotes counts as, "" for one of none."""
    for route, start, parts in PLACES:
        rest = path.removeprefix(start)
        if path.startswith(start) and rest != "" and rest.count("/") == parts - 1:
            return route
    return path if path in (GLOBAL_PATH, SITE_PATH) else ""


PLACES = (
    (SET_PATH, "/emotes/7tv/set/", 1),
    (CHANNEL_PATH, "/emotes/7tv/twitch/", 1),
    (EMOTE_PATH, "/emotes/custom/", 1),
    (PICTURE_PATH, "/emotes/custom/", 2),
)
