"""Where the pictures of sites' own emotes lie: a folder, or a bucket that speaks S3 (AWS, Cloudflare R2 and others)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auth.log import Log
from auth.problems import BACKEND_DOWN, Problem
from signaling.settings import Settings

if TYPE_CHECKING:
    from obstore.store import LocalStore, S3Store

BUCKET = "s3://"
AGAIN_AFTER = timedelta(milliseconds=300)
RETRY_S = 5


class Shelf:
    """Files by emote and name. A store that does not answer is a Problem."""

    def __init__(self, settings: Settings, log: Log) -> None:
        self._settings = settings
        self._log = log
        self._opened: LocalStore | S3Store | None = None

    async def put(self, emote_id: str, files: dict[str, bytes]) -> None:
        """What is there already stays as it is: the id is the hash of the bytes."""
        import obstore
        from obstore.exceptions import AlreadyExistsError, BaseError

        try:
            store = self._store()
            for name, data in files.items():
                try:
                    # R2 knows conditional puts; a small file needs no parts.
                    await obstore.put_async(store, _key(emote_id, name), data, mode="create", use_multipart=False)
                except AlreadyExistsError:
                    continue
        except (BaseError, OSError, ValueError) as error:
            raise self._down(error) from error

    async def get(self, emote_id: str, name: str) -> bytes | None:
        import obstore
        from obstore.exceptions import BaseError

        try:
            found = await obstore.get_async(self._store(), _key(emote_id, name))
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            return None
        except (BaseError, OSError, ValueError) as error:
            raise self._down(error) from error

    async def remove(self, emote_id: str, names: Iterable[str]) -> None:
        """Those of them that are there. One by one: of several, a folder gives up at the first that is missing."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            for name in names:
                with contextlib.suppress(FileNotFoundError):
                    await obstore.delete_async(self._store(), _key(emote_id, name))
        except (BaseError, OSError, ValueError) as error:
            raise self._down(error) from error

    def _store(self) -> Any:
        """Opened, and its library loaded, by the first who needs it: a service without such emotes does without."""
        if self._opened is None:
            self._opened = opened(self._settings)
        return self._opened

    def _down(self, error: Exception) -> Problem:
        self._log.broken("emotes.shelf", error)
        return Problem(BACKEND_DOWN, RETRY_S)


def opened(settings: Settings) -> LocalStore | S3Store:
    from obstore.store import LocalStore, S3Store

    place = settings.emote_shelf
    if not place.startswith(BUCKET):
        return LocalStore(prefix=Path(place).absolute(), mkdir=True)
    bucket, _, prefix = place.removeprefix(BUCKET).partition("/")
    options: dict[str, Any] = {
        "endpoint": settings.s3_endpoint or None, "region": settings.s3_region, "virtual_hosted_style_request": False,
        "access_key_id": settings.s3_key_id or None, "secret_access_key": settings.s3_secret or None,
    }  # fmt: skip
    given = {name: value for name, value in options.items() if value is not None}
    return S3Store(
        bucket,
        prefix=prefix or None,
        client_options={"allow_http": settings.s3_endpoint.startswith("http://"), "timeout": "10s"},
        retry_config={"max_retries": 1, "backoff": {"max_backoff": AGAIN_AFTER}},
        **given,
    )


def _key(emote_id: str, name: str) -> str:
    """Of our own hash and one of our own names: nothing in it is anybody's choice."""
    return f"emotes/{emote_id}/{name}"


