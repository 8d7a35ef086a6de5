"""`python -m auth origins`: the list of sites, which both services hear of within a second."""

from __future__ import annotations

import argparse
import sys

from auth import origins
from auth.guests import guests_of, set_guests
from auth.owner_store import owners
from auth.settings import Settings, SettingsError
from auth.store.shared import Store

# Behind a site in the list.
SHOWN = {"": "", "talk": " (guests)", "rooms": " (guests, who make rooms)"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="print them")
    allowing = actions.add_parser("allow", help="let the pages of these sites in")
    kinds = allowing.add_mutually_exclusive_group()
    kinds.add_argument("--guests", action="store_const", dest="guests", const="talk", help="take guests too")
    kinds.add_argument("--guest-rooms", action="store_const", dest="guests", const="rooms", help="who may make rooms")
    kinds.add_argument("--no-guests", action="store_const", dest="guests", const="", help="take guests no more")
    for adding in (allowing, actions.add_parser("remove", help="let them in no more")):
        adding.add_argument("origins", nargs="+", help="https://example.org")


async def run(options: argparse.Namespace, settings: Settings) -> None:
    sites = _sites(options, settings.development)
    async with owners(settings, "The list of sites is") as store:
        await _act(options, store, sites, settings)


def _sites(options: argparse.Namespace, development: bool) -> tuple[str, ...]:
    if options.action == "list":
        return ()
    try:
        return origins.site_list(options.origins, development)
    except ValueError as error:
        raise SettingsError(f"{error}.") from error


async def _act(options: argparse.Namespace, store: Store, sites: tuple[str, ...], settings: Settings) -> None:
    listed = await origins.allowed(store) or frozenset()
    if options.action == "list":
        for site in sorted(listed):
            print(site + SHOWN[await guests_of(store, site)])
    elif options.action == "allow":
        await origins.allow(store, *sites)
        if options.guests is not None:
            await set_guests(store, options.guests, *sites)
    else:
        missing = sorted(set(sites) - listed)
        if missing:
            raise SettingsError(f"{missing[0]} is not on the list; `python -m auth origins list` prints it.")
        await origins.remove(store, *sites)
        await set_guests(store, "", *sites)
        if set(sites) & set(settings.origins):
            print("auth: AUTH_ORIGINS puts it back at the next start; take it out there too", file=sys.stderr)
