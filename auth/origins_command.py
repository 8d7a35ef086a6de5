"""`python -m auth origins`: the list of sites, which both services hear of within a second."""

from __future__ import annotations

import argparse
import sys

from auth import origins
from auth.owner_store import owners
from auth.settings import Settings, SettingsError
from auth.store.shared import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="print them")
    for action, what in (("allow", "let the pages of these sites in"), ("remove", "let them in no more")):
        actions.add_parser(action, help=what).add_argument("origins", nargs="+", help="https://example.org")


async def run(options: argparse.Namespace, settings: Settings) -> None:
    sites = _sites(options)
    async with owners(settings, "The list of sites is") as store:
        await _act(options.action, store, sites, settings)


def _sites(options: argparse.Namespace) -> tuple[str, ...]:
    if options.action == "list":
        return ()
    try:
        return origins.site_list(options.origins)
    except ValueError as error:
        raise SettingsError(f"{error}.") from error


async def _act(action: str, store: Store, sites: tuple[str, ...], settings: Settings) -> None:
    listed = await origins.allowed(store) or frozenset()
    if action == "list":
        print("".join(f"{site}\n" for site in sorted(listed)), end="")
    elif action == "allow":
        await origins.allow(store, *sites)
    else:
        missing = sorted(set(sites) - listed)
        if missing:
            raise SettingsError(f"{missing[0]} is not on the list; `python -m auth origins list` prints it.")
        await origins.remove(store, *sites)
        if set(sites) & set(settings.origins):
            print("auth: AUTH_ORIGINS puts it back at the next start; take it out there too", file=sys.stderr)
