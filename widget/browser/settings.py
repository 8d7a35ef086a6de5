"""The configuration as the page wrote it, in an object or in the attributes of the script tag."""

from __future__ import annotations

from widget.browser import js
from widget.browser.document import create
from widget.browser.mount import find_container
from widget.core.config import SEVEN_TV, ChatConfig, TokenProvider
from widget.errors import ConfigError, UnreachableError
from widget.model import IceServer

POPOUT = "popout"  # a bubble that opens in a window of its own
MODES = ["inline", "bubble", "panel", "overlay", POPOUT]
# Of what kind settings are that are no text; a switch may be an attribute.
KINDS = {
    "a function": "onReady onAuthRequired onError emoji tokenProvider",
    "an object": "customHeaders messages",
    "a boolean": "autoAuth guests emoteCache mountInPage approval isPublic preview",
}


def own(source: js.Value) -> js.Value:
    """What an object of the page holds itself: another script may have put anything on Object.prototype.

    Nothing where there is no object.
    """
    found = js.options({})
    if source is not None and js.type_of(source) == "object":
        for name in js.items(js.window.Reflect.ownKeys(source)):  # Object.assign trips over a `get` on Object.prototype
            found[name] = source[name]
    return found


def read_config(source: js.Value) -> ChatConfig:
    """The chat's own part; nothing is checked here but the types."""
    check_kinds(source)
    relay = js.get(source, "relay")
    cdn = text_of(source, "emoteCdnUrl")
    is_cached = js.get(source, "emoteCache")
    return ChatConfig(
        auth_api_url=text_of(source, "authApiUrl"),
        signaling_url=text_of(source, "signalingUrl"),
        otp_encryption_key=text_of(source, "otpEncryptionKey"),
        ice_servers=ice_servers_of(source),
        custom_headers=headers_of(source),
        auto_auth=flag_of(source, "autoAuth"),
        relay="fallback" if relay is None or relay == "" else relay,
        emote_set=text_of(source, "emoteSet"),
        twitch_channel=text_of(source, "twitchChannel"),
        emote_cache=is_cached is not False and is_cached != "false",
        emote_cdn_url=SEVEN_TV if cdn == "" else cdn,
        token_provider=provider_of(source),
        guests=flag_of(source, "guests"),
        doors=doors_of(source),
    )


def provider_of(source: js.Value) -> TokenProvider | None:
    """The page's own function. What it throws, but for a fetch that reached nobody, is a no. The console has both."""
    given = js.get(source, "tokenProvider")
    if given is None:
        return None

    async def ask() -> str:
        try:
            token = await js.wait(given())
        except Exception as error:
            failure = js.failure(error)
            js.window.console.error(failure)
            if failure.name == "TypeError":
                raise UnreachableError("site.page", "tokenProvider reached nobody.") from error
            return ""
        return "" if token is None else str(token)

    return ask


def place_of(source: js.Value) -> js.Value:
    """The element that `container` is, or that it or `containerId` names."""
    given = js.get(source, "container")
    if given is None and place_name(source) == "" and is_floating(one_of(source, "mode", MODES)):
        made = create("div")
        js.window.document.body.appendChild(made)
        return made
    if given is None or js.type_of(given) == "string":
        return find_container(place_name(source))
    if js.get(given, "nodeType") != 1:
        raise ConfigError("config.type", "container must be an element of the page, or its id.")
    return given


def is_floating(mode: str) -> bool:
    """Beside the page's own content, opened by a button."""
    return mode == "bubble" or mode == "panel" or mode == POPOUT


def place_name(source: js.Value) -> str:
    """`containerId`, or `data-container` on the tag."""
    given = text_of(source, "containerId")
    return given if given != "" else text_of(source, "container")


def text_of(source: js.Value, name: str) -> str:
    """A string option, "" when it is not there."""
    value = js.get(source, name)
    if value is None:
        return ""
    if js.type_of(value) != "string":
        raise ConfigError("config.type", f"{name} must be a string.")
    text: str = value
    return text


def word_of(source: js.Value, name: str) -> str:
    """The same before there is a place to say in that it is no string: then it is not there."""
    value = js.get(source, name)
    return value if js.type_of(value) == "string" else ""


def one_of(source: js.Value, name: str, words: list[str]) -> str:
    """One of the words, or "" when it is not there."""
    value = text_of(source, name)
    if value != "" and value not in words:
        listed = "', '".join(words)
        raise ConfigError("config.value", f"{name} must be one of '{listed}'.")
    return value


def check_kinds(source: js.Value) -> None:
    """Of a setting of another kind nothing would come, and nobody would hear of it."""
    for kind, names in KINDS.items():
        for name in names.split(" "):
            value = js.get(source, name)
            found = js.type_of(value)
            is_attribute = kind == "a boolean" and found == "string" and value in ["", "true", "false"]
            if value is not None and not kind.endswith(found) and not is_attribute:
                raise ConfigError("config.type", f"{name} must be {kind}.")


def flag_of(source: js.Value, name: str) -> bool:
    """A yes-or-no option; in an attribute its bare name or "true" is yes."""
    value = js.get(source, name)
    return bool(value is True or value == "" or value == "true")


def doors_of(source: js.Value) -> list[str]:
    """A list of words; in an attribute they stand in one text."""
    given = js.get(source, "doors")
    if given is None:
        return []
    return " ".join([str(door) for door in js.items(js.array([]).concat(given))]).split(" ")


def ice_servers_of(source: js.Value) -> list[IceServer]:
    """RTCIceServer objects: `urls` is one address or a list of them."""
    given = js.get(source, "iceServers")
    if given is None or not js.has(js.window, "RTCPeerConnection"):
        return []
    servers: list[IceServer] = []
    tried: list[js.Value] = []
    for entry in js.items(js.array([]).concat(given)):
        server = own(entry)
        server.urls = js.array([]).concat(js.get(server, "urls"))
        tried.append(server)
        servers.append(IceServer(js.items(server.urls), text_of(server, "username"), text_of(server, "credential")))
    what = "a list such as [{ urls: 'turn:turn.example.org', username: 'a', credential: 'b' }]"
    taken("iceServers", what, js.window.RTCPeerConnection, js.options({"iceServers": js.array(tried)})).close()
    return servers


def headers_of(source: js.Value) -> dict[str, str]:
    """By names in small letters, so that none of them stands beside one of ours."""
    given = own(js.get(source, "customHeaders"))
    taken("customHeaders", "names and values of HTTP headers", js.window.Headers, given)
    return {str(name).lower(): str(given[name]) for name in js.items(js.window.Object.keys(given))}


def taken(name: str, what: str, kind: js.Value, given: js.Value) -> js.Value:
    """What the browser makes of a setting; of what it does not take nothing would come but failing calls."""
    try:
        return js.new(kind, given)
    except Exception as error:
        raise ConfigError("config.type", f"{name} must be {what}.") from error
