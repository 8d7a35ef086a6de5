"""Every number and place of the sign-in service, each settable by environment as AUTH_<NAME>."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode, SettingsConfigDict

from auth import forms, networks
from auth.environment import SettingsError, Switch, number, place, read
from auth.origins import site_list
from auth.spelling import unknown
from auth.store.rules import StoreVariables

PREFIX = "AUTH_"
DAY_S = 86_400
MOST_WORKERS = 256

RedisUrl = Annotated[str, AfterValidator(forms.redis_url)]
SmtpUrl = Annotated[str, AfterValidator(forms.smtp_url)]
Sender = Annotated[str, AfterValidator(forms.sender)]
Networks = Annotated[tuple[str, ...], NoDecode, BeforeValidator(lambda given: networks.networks(forms.listed(given)))]
Listening = Annotated[str, AfterValidator(forms.listening)]
Secret = Annotated[str, AfterValidator(forms.secret)]
Sites = Annotated[tuple[str, ...], NoDecode, BeforeValidator(site_list)]


class Settings(StoreVariables):
    """Times in seconds unless their name says otherwise, sizes in bytes."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)
    common: ClassVar[Mapping[str, str]] = {
        "redis_url": "REDIS_URL",
        "store_timeout_ms": "REDIS_TIMEOUT_MS",
        "smtp_url": "SMTP_URL",
        "trusted_proxies": "TRUSTED_PROXIES",
        "development": "CHAT_DEVELOPMENT",
        "own_network": "CHAT_OWN_NETWORK",
    }
    # Signaling's.
    foreign: ClassVar[frozenset[str]] = frozenset(
        {"AUTH_URL", "SERVICE_KEY", "PUBLIC_URL", "STUN_URL", "TURN_URL", "TURN_SECRET"}
    )
    foreign_prefixes: ClassVar[tuple[str, ...]] = ("SIGNALING_",)

    key_folder: Path = place(Path("keys"), "Where the keys are that `python -m auth keys new` made.")
    redis_url: RedisUrl | None = place(
        None, "The Redis of both services: redis://host:6379/0, rediss://... for TLS, unix:///path?db=0.", secret=True
    )
    smtp_url: SmtpUrl | None = place(
        None, "How mail leaves: smtp://user:password@host:587 (STARTTLS), smtps://...:465 (TLS).", secret=True
    )
    smtp_utf8: Switch = place(
        False, "Whether the mail server takes letters beyond a to z before the @ (SMTPUTF8, RFC 6531), as Postfix does."
    )
    mail_from: Sender = place("Sign-in <no-reply@chat.test>", "Whom mails come from: Chat <no-reply@example.org>.")
    country_file: Path | None = place(
        None,
        "A file of countries by address (MMDB, as GeoLite2-Country or DB-IP Lite have it): people see in which country "
        "a device of theirs was used last. The address is not kept.",
    )
    metrics_token: Secret = place(
        "", "What /metrics takes as a bearer token; without one it answers programs of this machine alone.", secret=True
    )
    host: Listening = place("127.0.0.1", "The address to listen on.")
    port: int = number(8081, 0, 65_535, "The port to listen on.")
    origins: Sites = place(
        (), "Sites that are put on the list in Redis when the service starts, with commas: https://example.org."
    )
    trusted_proxies: Networks = place(
        (),
        "Addresses or networks of the proxies in front, whose X-Forwarded-For counts: 127.0.0.1, 10.0.0.0/8, unix; "
        "none where there is none.",
    )
    development: Switch = place(
        False, "For this machine alone: pages of localhost on any port may call; no Redis, no mail server."
    )
    own_network: Switch = place(
        False, "Whether all visitors are in a network of one's own, so that the public address may be one of it."
    )

    # One-time codes (NIST 800-63B and ASVS: at most 10 minutes).
    code_life_s: int = number(600, 1, 600, "How long a code can be entered.")
    code_tries: int = number(5, 1, 5, "How often a code may be entered wrongly.")
    resend_after_s: int = number(60, 0, 3600, "How long until one may ask for another code.")

    # Wrong codes in a row for one account, across codes (NIST bound: 100).
    hold_after: int = number(10, 1, 100, "After so many wrong codes in a row an account has to wait.")
    hold_first_s: int = number(30, 1, 3600, "For so long at first; each further one doubles it.")
    hold_longest_s: int = number(3600, 1, DAY_S, "Up to so long.")
    lock_after: int = number(50, 1, 100, "After so many wrong codes in a row an account is locked.")
    lock_s: int = number(DAY_S, 60, 30 * DAY_S, "For so long.")

    # Mails: per address, per caller, per network, per site, per recipient domain, in all.
    send_email_15min: int = number(3, 1, 1000, "Codes to one address in 15 minutes.")
    send_email_hour: int = number(5, 1, 1000, "The same in an hour.")
    send_email_day: int = number(10, 1, 1000, "The same in a day.")
    send_ip_hour: int = number(10, 1, 1_000_000, "Codes that one caller (IPv4 address, IPv6 /64) asks for in an hour.")
    send_ip_day: int = number(30, 1, 1_000_000, "The same in a day.")
    send_network_hour: int = number(100, 1, 1_000_000, "Codes that one network (/24, /48) asks for in an hour.")
    send_origin_hour: int = number(1000, 1, 1_000_000, "Codes that one site asks for in an hour.")
    send_domain_hour: int = number(500, 1, 1_000_000, "Codes to one mail domain in an hour.")
    send_all_hour: int = number(5000, 1, 1_000_000, "Codes in all in an hour.")
    send_known_hour: int = number(
        5000, 1, 1_000_000, "Codes in an hour to devices that were signed in with the same address before."
    )

    # More than a site's or a domain's limit has to be worked for; devices that were signed in before need not.
    puzzle_origin_hour: int = number(4000, 1, 1_000_000, "Codes that one site asks for in an hour, with puzzles.")
    puzzle_domain_hour: int = number(2000, 1, 1_000_000, "Codes to one mail domain in an hour, with puzzles.")
    puzzle_least_bits: int = number(14, 1, 20, "How hard a puzzle is at first; one bit more doubles the work.")
    puzzle_most_bits: int = number(20, 1, 20, "How hard it is shortly before no more codes are sent.")
    puzzle_life_s: int = number(120, 10, 600, "How long a puzzle can be answered.")

    # Guests, where a site takes them. Each works for it.
    guest_ip_hour: int = number(20, 1, 1_000_000, "Guests that one caller (IPv4 address, IPv6 /64) becomes in an hour.")
    guest_ip_day: int = number(60, 1, 1_000_000, "The same in a day.")
    guest_network_hour: int = number(200, 1, 1_000_000, "Guests of one network (/24, /48) in an hour.")
    guest_origin_hour: int = number(1000, 1, 1_000_000, "Guests of one site in an hour, before puzzles become harder.")
    guest_origin_most: int = number(4000, 1, 1_000_000, "Guests of one site in an hour, with the hardest.")
    guest_bits: int = number(16, 1, 20, "How hard the puzzle of a guest is; one bit more doubles the work.")
    guest_life_s: int = number(DAY_S, 600, 7 * DAY_S, "Every guest's sign-in ends after so long.")

    # Calls per caller in 10 minutes.
    verify_ip_10min: int = number(20, 1, 1_000_000, "Codes that one caller enters in 10 minutes.")
    site_ip_10min: int = number(300, 1, 1_000_000, "Tokens of sites that one caller shows in 10 minutes.")
    refresh_ip_10min: int = number(300, 1, 1_000_000, "Sign-ins that one caller renews in 10 minutes.")

    # Sign-ins.
    access_life_s: int = number(600, 60, 840, "How long the token for the signaling service is good.")
    identity_life_s: int = number(3600, 300, 12 * 3600, "How long what other members check is good.")
    refresh_idle_s: int = number(72 * 3600, 60, 30 * DAY_S, "A sign-in that is not used for so long ends.")
    refresh_life_s: int = number(7 * DAY_S, 60, 90 * DAY_S, "Every sign-in ends after so long.")
    refresh_grace_s: int = number(20, 0, 60, "A renewal whose answer was lost may be repeated for so long.")
    account_life_s: int = number(400 * DAY_S, DAY_S, 4000 * DAY_S, "An unused account is forgotten after so long.")
    devices_kept: int = number(20, 1, 1000, "Devices that are remembered for an account.")

    # Sealed requests.
    seal_skew_s: int = number(900, 30, 900, "By how much the clock of a device may differ.")
    seal_once_s: int = number(1800, 1800, DAY_S, "For how long a request is remembered, so that it counts once.")
    body_bytes: int = number(8192, 1024, 65_536, "The longest request.")

    # Mail queue.
    mail_queue: int = number(500, 1, 1_000_000, "Mails that may wait.")
    mail_parallel: int = number(4, 1, 100, "Mails that leave at the same time.")
    mail_first_retry_s: int = number(2, 1, 3600, "A failed mail is tried again after so long; each time doubles it.")
    mail_longest_retry_s: int = number(60, 1, 3600, "Up to so long.")
    mail_timeout_s: int = number(10, 1, 120, "How long the mail server may take.")

    # Up to so long a revoked key counts on, besides the minute in which signaling asks again.
    keys_reload_s: int = number(1, 1, 10, "How often the key folder is looked at for a newer document.")

    # The server process.
    concurrency: int = number(500, 1, 100_000, "Requests that a worker has under way; others are refused.")
    keep_alive_s: int = number(5, 1, 600, "How long a connection without a request stays open.")


def settings_from(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from AUTH_* variables, a few also under their common names."""
    faults = list(unknown(environ, "auth", Settings))
    settings = read(Settings, environ, faults)
    if len(faults) > 0:
        raise SettingsError("\n".join(faults))
    return settings


__all__ = ["MOST_WORKERS", "PREFIX", "Listening", "Networks", "RedisUrl", "Settings", "SettingsError", "settings_from"]
