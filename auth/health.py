"""Whether the service can work (/health), must be started again (/health/live), needs its operator (/health/ready)."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth import origins
from auth.database import database_name
from auth.keys import DAY_S
from auth.seen import seen
from auth.service import Service
from auth.store.form import form_trouble
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.trial import NO_RIGHTS, Trial, said

SERVICE = "auth"
HEALTH_PATH = "/health"
LIVE_PATH = "/health/live"
READY_PATH = "/health/ready"
KEYS_SOON_S = 7 * DAY_S
MAIL_PATIENCE_S = 60


class Health:
    """Nothing here names anybody, or says more than a word about what is wrong: the doctor does that."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._trial = Trial(service.store)

    async def health(self, request: Request) -> Response:
        """503 when the store is away or the keys have run out; `keysExpireIn` in seconds tells when to rotate."""
        left_s = self._keys_left_s()
        try:
            store, database = "up", await database_name(self._service.store)
        except StoreDown:
            store, database = "down", ""
        good = store == "up" and left_s > 0
        body = {"status": "ok" if good else "down", "store": store, "database": database, "keysExpireIn": left_s}
        return JSONResponse(body, 200 if good else 503)

    async def live(self, request: Request) -> Response:
        """503 when a loop of this worker has ended or stands still: only another worker helps."""
        return verdict(f"loop.{name}" for name in self._service.mails.loops.dead)

    async def ready(self, request: Request) -> Response:
        """503 when somebody has to do something, though visitors may not notice yet."""
        service = self._service
        troubles = [f"loop.{name}" for name in service.mails.loops.down]
        if self._keys_left_s() <= KEYS_SOON_S:
            troubles.append("keys.end")
        if service.book.trouble != "":
            troubles.append("keys.folder")
        trouble = await store_trouble(service.store, self._trial)
        if trouble == "":
            is_open = service.settings.development or len(service.settings.origins) > 0
            trouble = await site_trouble(service.store, is_open) or await self._mail_trouble()
        return verdict([*troubles, trouble] if trouble != "" else troubles)

    async def seen(self, request: Request) -> Response:
        return await seen(self._service.store, request, self._service.settings.trusted_proxies, SERVICE)

    async def _mail_trouble(self) -> str:
        try:
            return "mail" if await self._service.mails.store.trouble_s() >= MAIL_PATIENCE_S else ""
        except (StoreDown, StoreRefusal) as error:
            return word_of(error)

    def _keys_left_s(self) -> int:
        return self._service.keys().key_set.exp - int(self._service.now_s())


async def store_trouble(store: Store, trial: Trial) -> str:
    """A word for what keeps Redis from being our store, "" for nothing."""
    try:
        if await form_trouble(store) != "":
            return "store.form"
        trouble = await trial.trouble()
    except (StoreDown, StoreRefusal) as error:
        return "store.form" if store.trouble != "" else word_of(error)
    return "" if trouble is None else trouble.word


async def site_trouble(store: Store, is_open: bool) -> str:
    """Nobody can come in where no site may embed the chat; `is_open` to some whatever the list says."""
    try:
        return "" if is_open or await origins.allowed(store) else "sites"
    except (StoreDown, StoreRefusal) as error:
        return word_of(error)


def word_of(error: StoreDown | StoreRefusal) -> str:
    reason = said(error) or (NO_RIGHTS if isinstance(error, StoreRefusal) else None)
    return "store" if reason is None else reason.word


def verdict(troubles: Iterable[str]) -> Response:
    """Their names in order."""
    found = sorted(troubles)
    return JSONResponse({"status": "down" if found else "ok", "troubles": found}, 503 if found else 200)
