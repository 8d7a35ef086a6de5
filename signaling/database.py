"""Whether this service and the sign-in service use one Redis database: asked again until it is known that they do."""

from __future__ import annotations

import ssl
from typing import Literal

import httpx

from auth.database import database_name
from auth.settings import SettingsError
from auth.store.shared import Store

ANSWER_S = 5.0
HEALTH_PATH = "/health"
OTHER_WORD, STRANGE_WORD = "store.other", "auth.other"
OTHER = (
    "The sign-in service uses another Redis database: rooms would not hear who signs out, and no site would be "
    "allowed; give AUTH_REDIS_URL and SIGNALING_REDIS_URL the same value, with the same number at its end."
)

Verdict = Literal["same", "other", "unknown"]


class Database:
    """`trouble` is a word for readiness: "" while nothing is known to be wrong."""

    def __init__(self, store: Store, auth_url: str) -> None:
        self.trouble: str = ""
        self._store = store
        self._auth_url = auth_url
        self._is_confirmed = False

    async def compare(self) -> None:
        """Nothing once it was found to be the same. StoreDown when Redis does not answer."""
        if self._is_confirmed or self._store.embedded:  # whose sign-in service is in this process, if there is one
            return
        try:
            verdict = await compared(self._store, self._auth_url)
        except SettingsError:
            self.trouble = STRANGE_WORD
            return
        self._is_confirmed = verdict == "same"
        if verdict != "unknown":  # a service that is away for a moment has not changed its database
            self.trouble = OTHER_WORD if verdict == "other" else ""


async def compared(store: Store, auth_url: str) -> Verdict:
    """SettingsError when it is not the sign-in service that answers at `auth_url`."""
    there = await _database_of_sign_in(auth_url)
    if there == "":
        return "unknown"
    return "same" if there == await database_name(store) else "other"


async def _database_of_sign_in(auth_url: str) -> str:
    """"" when it does not answer, or does not know."""
    tls: ssl.SSLContext | bool = ssl.create_default_context() if auth_url.startswith("https://") else False
    try:
        async with httpx.AsyncClient(verify=tls, timeout=ANSWER_S, trust_env=False) as client:
            answer = await client.get(auth_url + HEALTH_PATH)
            body = answer.json()
    except (httpx.HTTPError, OSError, ValueError):
        return ""
    if not isinstance(body, dict) or "database" not in body:
        raise SettingsError(f"What answers at {auth_url} is not the sign-in service: set AUTH_URL to where it is.")
    return str(body["database"])
