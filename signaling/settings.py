"""Where signaling stands and what surrounds it; with `Limits`, everything the environment may set."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field
from pydantic_settings import SettingsConfigDict

from auth import forms
from auth.environment import SettingsError, Switch, number, place, read
from auth.settings import MOST_WORKERS, Listening, Networks, RedisUrl, Secret
from auth.settings import Settings as AuthSettings
from auth.spelling import unknown
from auth.store.rules import StoreVariables
from signaling.limits import PREFIX, Limits

SOCKET_PATH = "/ws"

WebUrl = Annotated[str, AfterValidator(forms.web_url)]
PublicUrl = Annotated[str, AfterValidator(lambda text: forms.public_url(text, SOCKET_PATH))]
ShelfPlace = Annotated[str, AfterValidator(forms.shelf)]
StunUrls = Annotated[str, AfterValidator(lambda text: forms.ice_urls(text, "stun", "stuns"))]
TurnUrls = Annotated[str, AfterValidator(lambda text: forms.ice_urls(text, "turn", "turns"))]


class Settings(StoreVariables):
    """What is no limit."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)
    common: ClassVar[Mapping[str, str]] = {
        "redis_url": "REDIS_URL",
        "store_timeout_ms": "REDIS_TIMEOUT_MS",
        "auth_url": "AUTH_URL",
        "service_key": "SERVICE_KEY",
        "public_url": "PUBLIC_URL",
        "development": "CHAT_DEVELOPMENT",
        "own_network": "CHAT_OWN_NETWORK",
        "trusted_proxies": "TRUSTED_PROXIES",
        "stun_url": "STUN_URL",
        "turn_url": "TURN_URL",
        "turn_secret": "TURN_SECRET",
    }

    redis_url: RedisUrl | None = place(
        None, "The Redis of both services, the same database: redis://host:6379/0.", secret=True
    )
    auth_url: WebUrl = place("http://127.0.0.1:8081", "Where this service reaches the sign-in service.")
    service_key: str = place("", "The otpEncryptionKey of the sites: what `python -m auth keys service-key` prints.")
    public_url: PublicUrl = place("", "What the sites call signalingUrl: https://chat.example.org.")
    development: Switch = place(
        False, "For this machine alone: pages of localhost on any port may call; no Redis."
    )
    own_network: Switch = place(
        False, "Whether all visitors are in a network of one's own, so that the public address may be one of it."
    )
    trusted_proxies: Networks = place(
        (),
        "Addresses or networks of the proxies in front, whose X-Forwarded-For counts: 127.0.0.1, 10.0.0.0/8, unix; "
        "none where there is none.",
    )
    stun_url: StunUrls = place("", "STUN servers with commas: stun:chat.example.org:3478.")
    turn_url: TurnUrls = place("", "TURN servers with commas: turn:chat.example.org:3478?transport=udp.")
    turn_secret: Secret = place("", "What the TURN server has as static-auth-secret.", secret=True)
    secret: Secret = place(
        "", "Keys the hashes by which Redis and the log know addresses: `openssl rand -hex 32`.", secret=True
    )
    seven_tv: Switch = place(True, "Whether pages are offered 7TV's emotes.")
    seven_tv_url: WebUrl = place("https://7tv.io/v3", "Where 7TV is asked for its sets.")
    seven_tv_unlisted: Switch = place(
        False, "Whether emotes are shown that are not through 7TV's review and may be anything."
    )
    emote_shelf: ShelfPlace = place(
        "emotes", "Where the pictures of sites' own emotes are kept: a folder, or s3://bucket/prefix."
    )
    s3_endpoint: WebUrl = place("", "Of a bucket that is not Amazon's: https://ACCOUNT.r2.cloudflarestorage.com.")
    s3_region: str = place("auto", "The bucket's region; Amazon's have one, R2 takes auto.")
    s3_key_id: str = place("", "The bucket's access key.", secret=True)
    s3_secret: str = place("", "Its secret.", secret=True)
    metrics_token: Secret = place(
        "", "What /metrics takes as a bearer token; without one it answers programs of this machine alone.", secret=True
    )
    host: Listening = place("127.0.0.1", "The address to listen on.")
    port: int = number(8082, 0, 65_535, "The port to listen on.")
    workers: int = number(1, 1, MOST_WORKERS, "Processes; several need Redis.")
    limits: Limits = Field(default_factory=Limits)


def settings_from(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from SIGNALING_* variables, a few also under their common names."""
    faults = list(unknown(environ, "signaling", Settings, Limits, AuthSettings))
    settings, limits = read(Settings, environ, faults), read(Limits, environ, faults)
    if len(faults) > 0:
        raise SettingsError("\n".join(faults))
    return settings.model_copy(update={"limits": limits})


__all__ = ["PREFIX", "SOCKET_PATH", "Settings", "SettingsError", "settings_from"]
