"""The configuration as the page wrote it, in an object or in the attributes of the script tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from widget.browser import js
from widget.core.config import ChatConfig
from widget.errors import ConfigError
from widget.model import IceServer


@dataclass(frozen=True)
class Settings:
    """What the browser side needs; the chat's own part is `chat`."""

    chat: ChatConfig
    container: js.Value
    container_id: str
    room: str
    css_url: str
    in_page: bool
    theme: str


def read_settings(source: js.Value) -> Settings:
    """Read a config object or a dataset; nothing is checked here but the types."""
    theme = text_of(source, "theme")
    auto_auth = flag_of(source, "autoAuth")
    container = element_of(source)
    chat = ChatConfig(
        auth_api_url=text_of(source, "authApiUrl"),
        signaling_url=text_of(source, "signalingUrl"),
        otp_encryption_key=text_of(source, "otpEncryptionKey"),
        ice_servers=ice_servers_of(source),
        emote_cache=js.get(source, "emoteCache") is not False and js.get(source, "emoteCache") != "false",
        custom_headers=headers_of(source),
        theme="dark" if theme == "dark" else "light" if theme == "light" else "auto",
        auto_auth=auto_auth,
        relay=relay_of(source),
    )
    return Settings(
        chat=chat,
        container=container,
        container_id=container_of(source) if container is None else "",
        room=text_of(source, "room"),
        css_url=text_of(source, "cssUrl"),
        in_page=flag_of(source, "mountInPage"),
        theme=theme,
    )


def own(source: js.Value) -> js.Value:
    """What an object of the page holds itself: another script may have put anything on Object.prototype."""
    if source is None or js.type_of(source) != "object":
        return None
    found = js.window.Object.create(None)
    for name in js.items(js.window.Reflect.ownKeys(source)):  # Object.assign trips over a `get` on Object.prototype
        if js.type_of(name) == "string":
            js.put(found, name, js.get(source, name))
    return found


def element_of(source: js.Value) -> js.Value:
    """`container` where it is the element itself and not an id."""
    given = None if source is None else js.get(source, "container")
    if given is None or js.type_of(given) == "string":
        return None
    if js.type_of(given) != "object" or js.get(given, "nodeType") != 1:
        raise ConfigError("config.type", "container must be an element of the page, or its id.")
    return given


def container_of(source: js.Value) -> str:
    """`containerId`, or `data-container` on the tag."""
    given = text_of(source, "containerId")
    return given if given != "" else text_of(source, "container")


def text_of(source: js.Value, name: str) -> str:
    """A string option, "" when it is not there."""
    if source is None:
        return ""
    value = js.get(source, name)
    if value is None:
        return ""
    if js.type_of(value) != "string":
        raise ConfigError("config.type", f"{name} must be a string.")
    return str(value)


def flag_of(source: js.Value, name: str) -> bool:
    """A yes-or-no option; in an attribute its bare name or "true" is yes."""
    if source is None:
        return False
    value = js.get(source, name)
    if js.type_of(value) == "boolean":
        return bool(value)
    return bool(value == "" or value == "true")


def relay_of(source: js.Value) -> Literal["fallback", "never", "always"]:
    given = text_of(source, "relay")
    if given in ("", "fallback"):
        return "fallback"
    if given == "never":
        return "never"
    if given == "always":
        return "always"
    raise ConfigError("config.relay", "relay must be 'fallback', 'never' or 'always'.")


def ice_servers_of(source: js.Value) -> list[IceServer]:
    """RTCIceServer objects: `urls` is one address or a list of them."""
    given = None if source is None else js.get(source, "iceServers")
    if given is None:
        return []
    if not bool(js.window.Array.isArray(given)):
        raise ConfigError("config.type", "iceServers must be a list such as [{ urls: 'stun:stun.example.org' }].")
    servers: list[IceServer] = []
    for entry in js.items(given):
        server = own(entry)
        urls = js.get(server, "urls")
        addresses = [str(url) for url in js.items(urls)] if bool(js.window.Array.isArray(urls)) else [str(urls)]
        servers.append(IceServer(addresses, text_of(server, "username"), text_of(server, "credential")))
    return servers


def headers_of(source: js.Value) -> dict[str, str]:
    given = None if source is None else js.get(source, "customHeaders")
    if given is None:
        return {}
    return {str(name): str(js.get(given, str(name))) for name in js.items(js.window.Object.keys(given))}
