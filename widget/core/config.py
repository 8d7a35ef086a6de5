"""What the embedding page tells the chat, and what to write when it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal

from widget.core.emote_choice import choice_trouble
from widget.errors import ConfigError
from widget.model import IceServer
from widget.transport.addresses import host_of, is_local

# Asks the page for a token of the site's own login; "" when nobody is signed in there.
TokenProvider = Callable[[], Coroutine[Any, Any, str]]
Relay = Literal["fallback", "turn", "never", "always"]
SEVEN_TV: str = "https://cdn.7tv.app"
RELAYS: list[str] = ["fallback", "turn", "never", "always"]
DOORS: list[str] = ["site", "mail", "guest"]


@dataclass(frozen=True)
class ChatConfig:
    """What of the spec's ChatConfig concerns the core; `relay` says which ways sealed messages may take.

    "fallback" is the direct way, else the blind relay of the service; "turn" the same, but the direct way leads through
    a TURN server, so that nobody learns an address; "never" and "always" speak of the blind relay. `emote_set` and
    `twitch_channel` name what 7TV has for the site; its pictures come from `emote_cdn_url`. `doors` are the
    ways in that the screen offers, the preferred one first; with `guests` to come in as one is among them: whether the
    site has guests the service says.
    """

    auth_api_url: str
    signaling_url: str
    otp_encryption_key: str
    ice_servers: list[IceServer] = field(default_factory=list)
    custom_headers: dict[str, str] = field(default_factory=dict)
    auto_auth: bool = False
    relay: Relay = "fallback"
    emote_set: str = ""
    twitch_channel: str = ""
    emote_cache: bool = True
    emote_cdn_url: str = SEVEN_TV
    token_provider: TokenProvider | None = None
    guests: bool = False
    doors: list[str] = field(default_factory=list)


def check_complete(config: ChatConfig) -> None:
    """ConfigError with a way out when something is missing, or `relay` is a word that promises nothing, or the emotes
    are chosen by what is no id."""
    _required("authApiUrl", config.auth_api_url, "the address of your sign-in service")
    _required("signalingUrl", config.signaling_url, "the address of your signaling service")
    line = "the 'cwk1...' line that `python -m auth keys service-key` prints"
    _required("otpEncryptionKey", config.otp_encryption_key, line)
    if config.relay not in RELAYS:
        raise ConfigError("config.relay", "relay must be 'fallback', 'turn', 'never' or 'always'.")
    known = [door for door in DOORS if door != "site" or config.token_provider is not None]
    if any(door not in known for door in config.doors):
        raise ConfigError("config.doors", "doors must be some of 'mail', 'guest' and, with tokenProvider, 'site'.")
    trouble = choice_trouble(config.emote_set, config.twitch_channel)
    if trouble != "":
        raise ConfigError("config.emotes", trouble)


def open_doors(config: ChatConfig) -> list[str]:
    """The ways in, the preferred one first."""
    doors = config.doors
    if len(doors) == 0:
        doors = ["mail" if config.token_provider is None else "site"]
    return [*doors, "guest"] if config.guests and "guest" not in doors else doors


def _required(name: str, value: str, what: str) -> None:
    if value == "":
        raise ConfigError("config.missing", f"{name} is required: set it to {what}.")


def service_url(name: str, url: str) -> str:
    """`url` without a trailing slash. Only https, or http on this machine, where no one else can listen."""
    while url.endswith("/"):
        url = url[:-1]
    if url.startswith("https://") or (url.startswith("http://") and is_local(host_of(url))):
        return url
    raise ConfigError("config.url", f"{name} must begin with https:// (http:// works for localhost only).")
