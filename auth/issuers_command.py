"""`python -m auth issuers`: sites that vouch for their visitors, and where their keys are."""

from __future__ import annotations

import argparse
from pathlib import Path

from auth import issuers
from auth.hosts import quoted
from auth.issuers import Issuer
from auth.key_fetch import FetchError, fetch_keys
from auth.origins import advice_for
from auth.owner_store import owners
from auth.settings import Settings, SettingsError
from auth.site_keys import MOST_KEYS, SiteKey, SiteKeyError, read_pem
from auth.store.shared import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="print them")
    adding = actions.add_parser("add", help="let a site sign its visitors in; what it had before is replaced")
    adding.add_argument("origin", help="https://example.org")
    keys = adding.add_mutually_exclusive_group(required=True)
    keys.add_argument("--jwks", metavar="URL", help="where the site publishes its keys")
    keys.add_argument("--pem", metavar="FILE", type=Path, action="append", help="a public key; several are taken")
    actions.add_parser("remove", help="let it sign in nobody more").add_argument("origin", help="https://example.org")


async def run(options: argparse.Namespace, settings: Settings) -> None:
    async with owners(settings, "The keys of sites are") as store:
        if options.action == "list":
            await _list(store)
        elif options.action == "add":
            await _add(options, store, settings.development)
        elif not await issuers.remove_issuer(store, options.origin):
            raise SettingsError(f"{options.origin} has no keys here; `python -m auth issuers list` prints who has.")


async def _list(store: Store) -> None:
    for origin, issuer in (await issuers.issuers(store)).items():
        where = issuer.jwks_url or ", ".join(key.algorithm for key in issuer.keys)
        print(f"{origin} {where}")


async def _add(options: argparse.Namespace, store: Store, development: bool) -> None:
    """Keys that cannot be read are refused here, where somebody can put it right."""
    if not issuers.can_vouch(options.origin, development):
        raise SettingsError(f"{quoted(options.origin)} is no site that can vouch; {advice_for(options.origin)}.")
    if options.jwks is None:
        issuer = Issuer(keys=tuple(_key(path) for path in _some(options.pem)))
    else:
        issuer = await _published(options.jwks, development)
    await issuers.add_issuer(store, options.origin, issuer)


async def _published(text: str, development: bool) -> Issuer:
    try:
        issuer = Issuer(issuers.jwks_url(text, development))
        await fetch_keys(issuer.jwks_url, development)
    except ValueError as error:
        raise SettingsError(f"{quoted(text)} is no address of keys; {error}.") from error
    except FetchError as error:
        raise SettingsError(f"{text} gives no keys: {error}.") from error
    return issuer


def _some(paths: list[Path]) -> list[Path]:
    if len(paths) > MOST_KEYS:
        raise SettingsError(f"A site has at most {MOST_KEYS} keys.")
    return paths


def _key(path: Path) -> SiteKey:
    try:
        return read_pem(path.read_bytes())
    except OSError as error:
        raise SettingsError(f"{path} cannot be read.") from error
    except SiteKeyError as error:
        raise SettingsError(f"{path}: {error}.") from error
