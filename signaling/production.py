"""What the signaling service does not start with. Production is whenever the development switch is off."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import httpx

from auth import origins
from auth.guessable import guessed, guessed_login
from auth.hosts import is_loopback
from auth.order import disordered
from auth.production import (
    NO_PROXY_NAMED,
    NO_REDIS,
    NO_SITE,
    PUBLIC_DEVELOPMENT,
    is_found,
    is_public,
    unencrypted,
)
from auth.settings import SettingsError
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.tokens import OTHER_ROOT, TokenError, read_key_set
from auth.troubles import away, redis_line, redis_refuses
from signaling.database import OTHER, compared
from signaling.ice_url import Server, servers_of
from signaling.keys import fetch_from, root_pin
from signaling.settings import Settings

ORDER = (
    ("unauthenticated_per_ip_busy", "unauthenticated_per_ip"),
    ("unauthenticated_per_ip", "unauthenticated_per_worker"),
    ("refusals_per_ip", "refusals_per_worker"),
    ("sockets_per_user", "sockets_per_ip"),
    ("relay_bytes_per_s", "room_relay_bytes_per_s"),
    ("relay_burst_bytes", "room_relay_burst_bytes"),
    ("room_relay_bytes_per_s", "worker_relay_bytes_per_s"),
    ("penalty_s", "penalty_max_s"),
    ("penalty_max_s", "penalty_memory_s"),
    ("room_idle_s", "room_life_s"),
    ("room_empty_s", "room_idle_s"),
    ("presence_grace_s", "presence_s"),
    ("presence_grace_s", "resume_s"),
    ("creates_per_user_hour", "creates_per_user_day"),
    ("creates_per_user_hour", "creates_per_ip_hour"),
    ("rooms_per_owner", "rooms_live"),
    ("visits_per_visitor_min", "visits_per_ip_min"),
    ("visits_per_visitor_min", "visits_per_room_min"),
    ("emotes_fresh_s", "emotes_stale_s"),
    ("emotes_stale_s", "emotes_life_s"),
    ("seven_tv_wait_s", "seven_tv_timeout_s"),
    ("emote_cpu_s", "emote_wall_s"),
    ("socket_message_bytes", "outbox_bytes"),
)
OTHER_KEYS = (
    "The keys at {url} are of another root than SERVICE_KEY, so nobody would be let in: "
    "set it to what `python -m auth keys service-key` prints there."
)
OWN_ADDRESS = (
    "SIGNALING_PUBLIC_URL is {url}, which only a network of your own can find: set it to a public name, such as "
    "https://chat.example.org, or set CHAT_OWN_NETWORK=1 if all visitors are in it."
)
OWN_NETWORK = "which only a network of your own can find (CHAT_OWN_NETWORK=1 if all visitors are in it)"
UNKEYED = (
    "SIGNALING_SECRET is missing: who reads Redis or its backup could find out addresses; "
    "set it to what `openssl rand -hex 32` prints, the same for all processes."
)


def unsafe(settings: Settings) -> list[str]:
    """A sentence for each fault."""
    faults = _turn(settings)
    if settings.development:
        public = is_public(settings.public_url)
        return faults + ([PUBLIC_DEVELOPMENT.format(prefix="SIGNALING_", url=settings.public_url)] if public else [])
    if settings.redis_url is None:
        faults.append(NO_REDIS.format(prefix="SIGNALING_"))
    if not settings.public_url.startswith("https://"):
        faults.append(
            "SIGNALING_PUBLIC_URL is no https address: members could not prove behind the proxy whom they talk to; "
            "set it to what the sites call signalingUrl, such as https://chat.example.org."
        )
    elif is_loopback(urlsplit(settings.public_url).hostname or ""):
        faults.append(
            f"SIGNALING_PUBLIC_URL is {settings.public_url}, where nobody but this machine comes: "
            "set it to what the sites call signalingUrl, such as https://chat.example.org."
        )
    elif not (settings.own_network or is_found(settings.public_url)):
        faults.append(OWN_ADDRESS.format(url=settings.public_url))
    faults += _nowhere(settings)
    if settings.secret == "":
        faults.append(UNKEYED)
    if len(settings.trusted_proxies) == 0:
        faults.append(NO_PROXY_NAMED.format(prefix="SIGNALING_"))
    faults += unencrypted("SIGNALING_REDIS_URL (or REDIS_URL)", settings.redis_url)
    faults += guessed_login("SIGNALING_REDIS_URL (or REDIS_URL)", settings.redis_url)
    faults += guessed("SIGNALING_SECRET", settings.secret)
    faults += guessed("SIGNALING_TURN_SECRET (or TURN_SECRET)", settings.turn_secret)
    faults += guessed("SIGNALING_METRICS_TOKEN", settings.metrics_token)
    return faults + disordered(settings.limits, ORDER)


def _nowhere(settings: Settings) -> list[str]:
    """STUN and TURN servers that visitors do not find, or find on their own machine each."""
    named = {"STUN": settings.stun_url, "TURN": settings.turn_url}
    servers = [(kind, server) for kind, text in named.items() for server in servers_of(text)]
    return [
        f"SIGNALING_{kind}_URL names {server.url}, {_whose(server)}: write the public name of the server."
        for kind, server in servers
        if is_loopback(server.host) or not (settings.own_network or is_found(_as_url(server)))
    ]


def _whose(server: Server) -> str:
    return "where nobody but this machine comes" if is_loopback(server.host) else OWN_NETWORK


def _as_url(server: Server) -> str:
    return f"//[{server.host}]" if ":" in server.host else f"//{server.host}"


def _turn(settings: Settings) -> list[str]:
    if (settings.turn_url == "") == (settings.turn_secret == ""):
        return []
    missing, given = ("SECRET", "URL") if settings.turn_secret == "" else ("URL", "SECRET")
    advice = "nobody could use the TURN server; set both or none, the secret as the TURN server has it"
    return [f"SIGNALING_TURN_{missing} is missing beside SIGNALING_TURN_{given}: {advice}."]


async def look(settings: Settings, store: Store) -> list[str]:
    """Whether there is a site, and one database for both services. What could not be seen, as lines.

    Neither Redis nor the sign-in service has to be up for this one to start: without them it refuses, and says so.
    """
    try:
        line = await redis_line(store, settings.development)
        listed, verdict = await origins.allowed(store), await compared(store, settings.auth_url)
    except StoreDown as error:
        return [away(error)]
    except StoreRefusal as error:
        raise SettingsError(redis_refuses(error)) from error
    if verdict == "other":
        raise SettingsError(OTHER)
    if not listed and not settings.development:
        raise SettingsError(f"{line}\n{NO_SITE}".lstrip())
    lines = [] if line == "" else [line]
    if verdict == "same":
        await refuse_other_root(settings)
        return lines
    return [*lines, f"nothing answers at {settings.auth_url}; until it does, nobody new can come in"]


async def refuse_other_root(settings: Settings) -> None:
    """SettingsError where the sign-in service has other keys than we believe, and so would nobody be let in."""
    pin = root_pin(settings.service_key)
    try:
        read_key_set(await fetch_from(settings.auth_url)(), pin, int(time.time()))
    except (httpx.HTTPError, OSError, TimeoutError, UnicodeDecodeError):
        return
    except TokenError as error:
        if error.reason == OTHER_ROOT:
            raise SettingsError(OTHER_KEYS.format(url=settings.auth_url)) from error
