"""Where signaling stands and what surrounds it; with `Limits`, everything the environment may set."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from auth.settings import SettingsError
from auth.stores import COMMAND_TIMEOUT_MS
from signaling.limits import Limits

COMMON_NAMES = ("redis_url", "redis_timeout_ms", "auth_url", "turn_url", "turn_secret", "stun_url", "service_key")


@dataclass(frozen=True)
class Settings:
    """`service_key` is the otpEncryptionKey of the sites (it pins the root); `public_url` what they call signalingUrl.

    `turn_url` and `stun_url` may name several with commas. `public_url` may stay empty where no proxy changes Host.
    """

    redis_url: str | None = None
    redis_timeout_ms: int = COMMAND_TIMEOUT_MS
    auth_url: str = "http://127.0.0.1:8081"
    service_key: str = ""
    public_url: str = ""
    origins: tuple[str, ...] = ()
    development: bool = False
    trusted_proxies: tuple[str, ...] = ()
    stun_url: str = ""
    turn_url: str = ""
    turn_secret: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 8082
    workers: int = 1
    limits: Limits = field(default_factory=Limits)


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Settings from SIGNALING_* variables; REDIS_URL, AUTH_URL and a few others also under their common names."""
    places = [item for item in dataclasses.fields(Settings) if item.name != "limits"]
    values = {item.name: _read(environ, item.name, item.default) for item in places}
    numbers = {item.name: _read(environ, item.name, item.default) for item in dataclasses.fields(Limits)}
    return Settings(**values, limits=Limits(**numbers))


def _read(environ: Mapping[str, str], name: str, default: Any) -> Any:
    variable = "SIGNALING_" + name.upper()
    text = environ.get(variable, "")
    if text == "" and name in COMMON_NAMES:
        text = environ.get(name.upper(), "")
    return default if text == "" else _value(variable, default, text)


def _value(variable: str, default: object, text: str) -> object:
    if isinstance(default, bool):
        if text.lower() not in ("0", "1", "true", "false"):
            raise SettingsError(f"{variable} is {text!r}; write 1 or 0.")
        return text.lower() in ("1", "true")
    if isinstance(default, int | float):
        return _number(variable, default, text)
    if isinstance(default, tuple):
        return tuple(item.strip() for item in text.split(",") if item.strip() != "")
    return text


def _number(variable: str, default: int | float, text: str) -> int | float:
    try:
        value = int(text) if isinstance(default, int) and not variable.endswith("_PER_S") else float(text)
    except ValueError as error:
        raise SettingsError(f"{variable} is {text!r}; write a number, 0 or more.") from error
    if not 0 <= value < 2**53:
        raise SettingsError(f"{variable} is {text!r}; write a number, 0 or more.")
    return value
