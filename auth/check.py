"""`python -m auth check`: looks at everything around the sign-in service. Exit status 1 when something is at fault."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import AsyncIterator

from auth.checks import countries, issuers, keys, machine, mail, proxies, public, redis, sites
from auth.checks.finding import Finding, fault, is_well, report
from auth.health import SERVICE
from auth.keys import KeyFolderError, read_payload
from auth.otp import EmailError, normal_email
from auth.production import misplaced, unsafe
from auth.serve import files_wanted
from auth.settings import Settings, SettingsError
from auth.store.opening import open_store
from auth.store.shared import Store

PUBLIC = "public address"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mail", metavar="ADDRESS", help="send a mail there, to see that it arrives")


async def run(options: argparse.Namespace, settings: Settings) -> None:
    store = open_store(settings.redis_url, rules=settings.store_rules())
    try:
        found = [finding async for finding in examine(settings, store, address(options.mail))]
    finally:
        await store.close()
    print(report(found))
    if not is_well(found):
        sys.exit(1)


def address(text: str | None) -> str | None:
    try:
        return None if text is None else normal_email(text, False, True)
    except EmailError as error:
        raise SettingsError("--mail takes an e-mail address, like you@example.org.") from error


async def examine(settings: Settings, store: Store, to: str | None) -> AsyncIterator[Finding]:
    """In the order in which faults follow from one another."""
    for sentence in unsafe(settings):
        yield fault("settings", sentence)
    for found in await redis.findings(store, settings.store_timeout_ms):
        yield found
    issuer = _issuer(settings)
    for sentence in misplaced(settings, issuer) if issuer != "" else ():
        yield fault("settings", sentence)
    for found in keys.findings(settings.key_folder, int(time.time())):
        yield found
    for found in await mail.findings(settings, to):
        yield found
    for found in await mail.waiting(store):
        yield found
    for found in countries.findings(settings.country_file, int(time.time())):
        yield found
    for found in await sites.findings(store):
        yield found
    for found in await issuers.findings(store, settings.development):
        yield found
    for found in await _public(settings, store):
        yield found
    for found in proxies.findings(settings.trusted_proxies):
        yield found
    yield machine.files(files_wanted(settings))
    for found in await machine.clock(store):
        yield found


async def _public(settings: Settings, store: Store) -> list[Finding]:
    """The issuer of the keys is the address that pages know."""
    issuer = _issuer(settings)
    if issuer == "":
        return [fault(PUBLIC, "the keys name it, which cannot be read: see above.")]
    found = public.reach(PUBLIC, issuer, settings.own_network)
    return found + await public.findings(store, PUBLIC, issuer, settings.trusted_proxies, SERVICE)


def _issuer(settings: Settings) -> str:
    try:
        return str(read_payload(settings.key_folder)["iss"])
    except (KeyFolderError, KeyError):
        return ""
