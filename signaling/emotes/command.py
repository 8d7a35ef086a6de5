"""`python -m signaling emotes`: the emotes of sites and the tokens of their owners, for whoever hosts the service."""

from __future__ import annotations

import argparse
import secrets
import time
from datetime import UTC, datetime
from pathlib import Path

from auth.hosts import quoted
from auth.log import Log
from auth.origins import ADVICE, is_origin
from auth.problems import Problem
from auth.settings import SettingsError
from auth.store.opening import open_store
from auth.store.shared import StoreDown, StoreRefusal
from auth.troubles import redis_refuses, undone
from signaling.emotes.parts import Parts, parts
from signaling.settings import Settings

COMMAND = "command"  # who did it, in the list and the log
DAYS = 365
MOST_DAYS = 3650


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    for action, what in HELP.items():
        words = actions.add_parser(action, help=what)
        if action in ("add", "list", "remove", "token"):
            words.add_argument("origin", help="the site: https://example.org")
        if action in ("add", "remove"):
            words.add_argument("name", help="what people type")
        if action == "add":
            words.add_argument("file", type=Path, help="PNG, GIF, WebP, JPEG or AVIF")
        if action == "token":
            words.add_argument("--days", type=int, default=DAYS, help=f"how long it is good ({DAYS})")
        if action == "end":
            words.add_argument("number", help="as `tokens` prints it")


HELP = {
    "add": "give a site an emote",
    "list": "print the emotes of a site",
    "remove": "take one away",
    "token": "make a token by which the site's owner changes its emotes; it is printed once",
    "tokens": "print all tokens by number, with their sites and until when they are good",
    "end": "end a token",
}


async def run(options: argparse.Namespace, settings: Settings) -> None:
    if "origin" in options and not is_origin(options.origin):
        raise SettingsError(f"{quoted(options.origin)} is no site; {ADVICE}.")
    if settings.redis_url is None:
        raise SettingsError("Emotes are listed in Redis: set SIGNALING_REDIS_URL to the one that both services use.")
    store = open_store(settings.redis_url, rules=settings.store_rules())
    try:
        await _act(options, parts(settings, store, secrets.token_bytes(32), time.time, Log(secrets.token_bytes(32))))
    except StoreDown as error:
        raise SettingsError(undone(error)) from error
    except StoreRefusal as error:
        raise SettingsError(redis_refuses(error)) from error
    except Problem as problem:
        raise SettingsError(f"{problem.kind.title}: {problem.kind.detail}") from problem
    finally:
        await store.close()


async def _act(options: argparse.Namespace, made: Parts) -> None:
    action, now_s = options.action, int(time.time())
    if action == "add":
        print((await made.site.add(options.origin, options.name, _read(options.file), COMMAND)).id)
    elif action == "list":
        for row in await made.site.list(options.origin):
            print(f"{row.name}\t{row.id}\t{row.width}x{row.height}\t{_day(row.added_s)}\t{row.by}")
    elif action == "remove":
        await _remove(options, made)
    elif action == "token":
        if not 1 <= options.days <= MOST_DAYS:
            raise SettingsError(f"--days is a whole number from 1 to {MOST_DAYS}.")
        print(await made.tokens.mint(options.origin, options.days, now_s))
    elif action == "tokens":
        for token in await made.tokens.list(now_s):
            print(f"{token.number}\t{token.origin}\t{_day(token.ends_s)}")
    elif not await made.tokens.end(options.number):
        raise SettingsError("There is no token of that number; `python -m signaling emotes tokens` prints them.")


async def _remove(options: argparse.Namespace, made: Parts) -> None:
    found = [row for row in await made.site.list(options.origin) if row.name == options.name]
    if len(found) == 0:
        raise SettingsError(f"{options.origin} has no emote of that name; `emotes list` prints them.")
    await made.site.remove(options.origin, found[0].id, COMMAND)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(READ_BYTES)
    except OSError as error:
        raise SettingsError(f"{file} cannot be read.") from error


READ_BYTES = 16_777_217  # more than any limit allows


def _day(moment_s: int) -> str:
    return datetime.fromtimestamp(moment_s, UTC).date().isoformat()
