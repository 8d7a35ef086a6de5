"""What the sign-in service does not start with. Production is whenever the development switch is off."""

from __future__ import annotations

from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import urlsplit

from auth import origins
from auth.guessable import guessed, guessed_login
from auth.hosts import is_loopback
from auth.order import disordered
from auth.settings import Settings, SettingsError
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.troubles import away, redis_line, redis_refuses

LEAST_CODE_LIFE_S = 60
LEAST_PUZZLE_BITS = 14
ORDER = (
    ("hold_after", "lock_after"),
    ("hold_first_s", "hold_longest_s"),
    ("hold_longest_s", "lock_s"),
    ("send_email_15min", "send_email_hour"),
    ("send_email_hour", "send_email_day"),
    ("send_ip_hour", "send_ip_day"),
    ("send_ip_hour", "send_network_hour"),
    ("send_origin_hour", "puzzle_origin_hour"),
    ("send_domain_hour", "puzzle_domain_hour"),
    ("puzzle_origin_hour", "send_all_hour"),
    ("puzzle_domain_hour", "send_all_hour"),
    ("puzzle_least_bits", "puzzle_most_bits"),
    ("guest_ip_hour", "guest_ip_day"),
    ("guest_ip_hour", "guest_network_hour"),
    ("guest_origin_hour", "guest_origin_most"),
    ("access_life_s", "identity_life_s"),
    ("access_life_s", "refresh_idle_s"),
    ("access_life_s", "guest_life_s"),
    ("refresh_idle_s", "refresh_life_s"),
    ("refresh_life_s", "account_life_s"),
    ("mail_first_retry_s", "mail_longest_retry_s"),
    ("guest_life_s", "refresh_life_s"),
)
CODES = (
    ("resend_after_s", "code_life_s"),  # or nobody could ask for another when the first has ended
    ("mail_first_retry_s", "code_life_s"),
    ("mail_timeout_s", "code_life_s"),
)
SAMPLE_LOGIN = "USER:PASSWORD@"  # of examples/hosting
# Names that nobody on the internet can reach: RFC 6761, RFC 6762, RFC 8375, and what is no name at all.
OWN_NAMES = ("test", "localhost", "local", "invalid", "internal", "home.arpa")
SAMPLE_NAME = ".example"  # RFC 2606: of documents

NO_REDIS = (
    "{prefix}REDIS_URL is missing: sign-ins, rooms and limits would be lost with the process, and the two services "
    "would not hear each other; set it to redis://host:6379/0, the same for both."
)
NO_LOGIN = (
    "AUTH_SMTP_URL has the example's USER and PASSWORD: no code could be sent; "
    "write those of your mail provider in their place."
)
LOCAL_ISSUER = (
    "The keys are made for {url}, where nobody but this machine comes: make them with "
    "`python -m auth keys new --issuer https://auth.example.org`, or set CHAT_DEVELOPMENT=1."
)
PLAIN_ISSUER = (
    "The keys are made for {url}, which is no https address: pages of sites may not call it; make them with "
    "`python -m auth keys new --issuer https://auth.example.org`."
)
OWN_ISSUER = (
    "The keys are made for {url}, which only a network of your own can find: make them for a public name with "
    "`python -m auth keys new --issuer https://auth.example.org`, or set CHAT_OWN_NETWORK=1 if all visitors are in it."
)
NO_PROXY_NAMED = (
    "{prefix}TRUSTED_PROXIES is missing: behind the proxy that ends TLS all visitors would count as one; "
    "set it to the proxy's address, such as 127.0.0.1 (or to none, where visitors come without a proxy)."
)
NO_SITE = "No site may embed the chat: run `python -m auth origins allow https://example.org` on the same Redis first."
PUBLIC_DEVELOPMENT = (
    "{prefix}DEVELOPMENT (or CHAT_DEVELOPMENT) is on at {url}: it lets pages of localhost in and mails be printed; "
    "take it out, it is for one machine alone."
)


def refuse(faults: list[str]) -> None:
    """All at once, so that nobody mends one after the other."""
    if len(faults) > 0:
        raise SettingsError("\n".join(faults))


def misplaced(settings: Settings, issuer: str) -> list[str]:
    """Development where strangers come, and production where nobody does.

    `issuer`: the public address of the service, out of its keys.
    """
    if settings.development:
        return [PUBLIC_DEVELOPMENT.format(prefix="AUTH_", url=issuer)] if is_public(issuer) else []
    if is_loopback(urlsplit(issuer).hostname or ""):
        return [LOCAL_ISSUER.format(url=issuer)]
    if not issuer.startswith("https://"):
        return [PLAIN_ISSUER.format(url=issuer)]
    return [] if settings.own_network or is_found(issuer) else [OWN_ISSUER.format(url=issuer)]


def unsafe(settings: Settings) -> list[str]:
    """A sentence for each fault."""
    if settings.development:
        return []
    faults = []
    if settings.redis_url is None:
        faults.append(NO_REDIS.format(prefix="AUTH_"))
    if settings.smtp_url is None:
        faults.append("AUTH_SMTP_URL is missing: no code could be sent; set it to smtp://user:password@host:587.")
    elif urlsplit(settings.smtp_url).netloc.upper().startswith(SAMPLE_LOGIN):
        faults.append(NO_LOGIN)
    if not is_found(f"smtp://{parseaddr(settings.mail_from)[1].rpartition('@')[2]}"):
        faults.append(
            "AUTH_MAIL_FROM names no address of yours: mail servers would refuse it; "
            "write it like Chat <no-reply@chat.example.org>."
        )
    if settings.code_life_s < LEAST_CODE_LIFE_S:
        faults.append(f"AUTH_CODE_LIFE_S is {settings.code_life_s}: mail takes longer; write 60 to 600.")
    else:
        faults += disordered(settings, CODES)
    if len(settings.trusted_proxies) == 0:
        faults.append(NO_PROXY_NAMED.format(prefix="AUTH_"))
    if settings.puzzle_least_bits < LEAST_PUZZLE_BITS:
        faults.append(f"AUTH_PUZZLE_LEAST_BITS is {settings.puzzle_least_bits}: that is no work; write 14 to 20.")
    if settings.guest_bits < LEAST_PUZZLE_BITS:
        faults.append(f"AUTH_GUEST_BITS is {settings.guest_bits}: that is no work; write 14 to 20.")
    faults += unencrypted("AUTH_REDIS_URL (or REDIS_URL)", settings.redis_url)
    faults += guessed_login("AUTH_REDIS_URL (or REDIS_URL)", settings.redis_url)
    faults += guessed("AUTH_METRICS_TOKEN", settings.metrics_token)
    return faults + disordered(settings, ORDER)


async def prepare(settings: Settings, store: Store) -> str:
    """Put the sites of AUTH_ORIGINS on the list, and look whether there is any. What could not be done, as a line.

    A store that does not answer yet does not keep the service from starting: until it does, all is refused anyway.
    """
    try:
        line = await redis_line(store, settings.development)
        if len(settings.origins) > 0:
            await origins.allow(store, *settings.origins)
        listed = await origins.allowed(store)
    except StoreDown as error:
        return away(error)
    except StoreRefusal as error:
        raise SettingsError(redis_refuses(error)) from error
    if not listed and not settings.development:
        raise SettingsError(f"{line}\n{NO_SITE}".lstrip())
    return line


def unencrypted(variable: str, url: str | None) -> list[str]:
    """A sentence when Redis is asked over the internet as everybody on the way can read and change it."""
    parts = urlsplit(url or "")
    if parts.scheme.partition("+")[0] != "redis" or not any(map(_is_global, _hosts(parts.netloc))):
        return []
    return [f"{variable} leads over the internet without TLS: begin it with rediss://, or use a network of your own."]


def _hosts(authority: str) -> list[str]:
    """Of an address that may name several, as those of clusters and sentinels do."""
    return [urlsplit(f"//{one}").hostname or "" for one in authority.rpartition("@")[2].split(",")]


def _is_global(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return False


def is_found(url: str) -> bool:
    """Whether strangers come there, and not only as it is written in examples."""
    return is_public(url) and not (urlsplit(url).hostname or "").endswith(SAMPLE_NAME)


def is_public(url: str) -> bool:
    """Whether strangers may be able to come there."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not any(host == name or host.endswith("." + name) for name in OWN_NAMES)
