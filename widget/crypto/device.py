"""The device key: the one long-lived key of a browser profile, never extractable."""

from __future__ import annotations

from widget.ports import Crypto, Storage


class DeviceKey:
    """`public` is 65 bytes, `jkt` its RFC 7638 thumbprint (32 bytes); `kept` is False when it dies with the page."""

    public: bytes
    jkt: bytes
    kept: bool

    async def sign(self, label: str, data: bytes) -> bytes:
        """Signature (64 bytes) over `"cw1/<label>" 00 data`; the label is one of `widget/wire/labels.py`."""
        raise NotImplementedError

    async def sign_labelled(self, data: bytes) -> bytes:
        """The same for bytes that already begin with a label, as `wire.socket.auth_bytes` and `wire.sign_in` make."""
        raise NotImplementedError

    async def dpop(self, method: str, url: str, token: str, now_ms: int) -> str:
        """A DPoP proof (RFC 9449) for one request; `url` without query and fragment, `ath` when `token` is not ""."""
        raise NotImplementedError


async def open_device(crypto: Crypto, storage: Storage, now_ms: int) -> DeviceKey:
    """The stored device key, or a new one (first visit, 90 days old, storage broken)."""
    raise NotImplementedError


async def erase_device(storage: Storage) -> None:
    """Forget the device key."""
    raise NotImplementedError
