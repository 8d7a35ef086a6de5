"""Whether the worker can work (/health), must be started again (/health/live), needs its operator (/health/ready)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.health import KEYS_SOON_S, site_trouble, store_trouble, verdict
from auth.seen import seen
from auth.store.shared import StoreDown
from auth.trial import Trial
from signaling.keys import KeysDown
from signaling.worker import Worker

SERVICE = "signaling"
KEYS_UNSEEN_S = 600  # the sign-in service is away, or we do not find it: known keys count for some hours more


class Health:
    """Nothing here names anybody, or says more than a word about what is wrong: the doctor does that."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._trial = Trial(worker.shared)

    async def health(self, request: Request) -> Response:
        """503 when the store is away or a loop of this worker is down; `loops` names it."""
        down = sorted(self._worker.loops.down)
        try:
            await self._worker.store.ping()
            store = "up"
        except StoreDown:
            store = "down"
        good = store == "up" and len(down) == 0
        return JSONResponse({"status": "ok" if good else "down", "store": store, "loops": down}, 200 if good else 503)

    async def live(self, request: Request) -> Response:
        """503 when a loop of this worker has ended or stands still: only another worker helps."""
        return verdict(f"loop.{name}" for name in self._worker.loops.dead)

    async def ready(self, request: Request) -> Response:
        """503 when somebody has to do something, though members may not notice yet."""
        worker = self._worker
        troubles = [f"loop.{name}" for name in worker.loops.down]
        now_s = worker.now_s()
        try:
            keys = worker.sign_ins.keys
            if await keys.end_s(now_s) - now_s <= KEYS_SOON_S:
                troubles.append("keys.end")
            if await keys.unseen_s(now_s) >= KEYS_UNSEEN_S:
                troubles.append("keys.unseen")
        except KeysDown:
            troubles.append("keys")
        trouble = await store_trouble(worker.shared, self._trial) or worker.database.trouble
        trouble = trouble or await site_trouble(worker.shared, worker.settings.development)
        return verdict([*troubles, trouble] if trouble != "" else troubles)

    async def seen(self, request: Request) -> Response:
        return await seen(self._worker.shared, request, self._worker.settings.trusted_proxies, SERVICE)
