"""Every number and place of the sign-in service, each settable by environment as AUTH_<NAME>."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auth.stores import COMMAND_TIMEOUT_MS


class SettingsError(Exception):
    """The environment cannot work; the message says which variable and what to write."""


@dataclass(frozen=True)
class Settings:
    """Defaults are those of docs/services; times in seconds, sizes in bytes."""

    # Places. AUTH_SMTP_URL: smtp[s]://user:password@host:port; AUTH_ORIGINS: a list with commas, beside origins.txt.
    key_folder: Path = Path("keys")
    redis_url: str | None = None
    redis_timeout_ms: int = COMMAND_TIMEOUT_MS
    smtp_url: str | None = None
    mail_from: str = "Sign-in <no-reply@localhost>"
    host: str = "127.0.0.1"
    port: int = 8081
    origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    development: bool = False

    # One-time codes (NIST 800-63B and ASVS: at most 10 minutes).
    code_life_s: int = 600
    code_tries: int = 5
    resend_after_s: int = 60

    # Wrong codes in a row for one account, across codes (NIST bound: 100).
    hold_after: int = 10
    hold_first_s: int = 30
    hold_longest_s: int = 3600
    lock_after: int = 50
    lock_s: int = 86400

    # Mails: per address, per caller, per network, per site, per recipient domain, in all.
    send_email_15min: int = 3
    send_email_hour: int = 5
    send_email_day: int = 10
    send_ip_hour: int = 10
    send_ip_day: int = 30
    send_network_hour: int = 100
    send_origin_hour: int = 1000
    send_domain_hour: int = 500
    send_all_hour: int = 5000

    # Calls per caller in 10 minutes.
    verify_ip_10min: int = 20
    refresh_ip_10min: int = 300

    # Sign-ins.
    access_life_s: int = 600
    identity_life_s: int = 3600
    refresh_idle_s: int = 72 * 3600
    refresh_life_s: int = 7 * 86400
    refresh_grace_s: int = 20
    account_life_s: int = 400 * 86400
    devices_kept: int = 20

    # Sealed requests.
    seal_skew_s: int = 900
    seal_once_s: int = 1800
    body_bytes: int = 8192

    # Mail queue.
    mail_queue: int = 500
    mail_parallel: int = 4
    mail_first_retry_s: int = 2
    mail_longest_retry_s: int = 60
    mail_timeout_s: int = 10

    # Keys: how often the folder is looked at for a new document.
    keys_reload_s: int = 30

    # The server process.
    concurrency: int = 500
    keep_alive_s: int = 5


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Settings from AUTH_* variables, with REDIS_URL and SMTP_URL as common names."""
    values: dict[str, Any] = {}
    for field in dataclasses.fields(Settings):
        variable = "AUTH_" + field.name.upper()
        text = environ.get(variable)
        if text is None and field.name in ("redis_url", "redis_timeout_ms", "smtp_url"):
            text = environ.get(field.name.upper())
        if text is not None and text != "":
            values[field.name] = _value(variable, field.default, text)
    return Settings(**values)


def patience_s(redis_timeout_ms: int) -> float:
    """How long one command of Redis may take."""
    if redis_timeout_ms < 1:
        raise SettingsError("REDIS_TIMEOUT_MS is 0: no Redis is as fast. Write 1 or more, or leave it out.")
    return redis_timeout_ms / 1000


def _value(variable: str, default: object, text: str) -> object:
    if isinstance(default, bool):
        if text.lower() not in ("0", "1", "true", "false"):
            raise SettingsError(f"{variable} is {text!r}; write 1 or 0.")
        return text.lower() in ("1", "true")
    if isinstance(default, int):
        if not text.isdecimal():
            raise SettingsError(f"{variable} is {text!r}; write a whole number, 0 or more.")
        return int(text)
    if isinstance(default, tuple):
        return tuple(item.strip() for item in text.split(",") if item.strip() != "")
    if isinstance(default, Path):
        return Path(text)
    return text
