"""`python -m signaling serve | check | emotes | settings`: the service, set up by SIGNALING_* variables."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from auth import settings_command
from auth.command import Command
from auth.settings import SettingsError
from signaling import check
from signaling.emotes import command as emotes
from signaling.limits import PREFIX, Limits
from signaling.serve import serve
from signaling.settings import Settings, settings_from


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m signaling", description="Introduces members of rooms.")
    words = parser.add_subparsers(dest="command", required=True)
    for word, command in COMMANDS.items():
        command.add_arguments(words.add_parser(word, help=command.help))
    options = parser.parse_args(arguments)
    COMMANDS[options.command].run(options)
    return 0


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--workers", type=int)


def _serve(options: argparse.Namespace) -> None:
    places = {name: getattr(options, name) for name in ("host", "port", "workers")}
    given = {PREFIX + name.upper(): str(value) for name, value in places.items() if value is not None}
    serve(settings_from({**os.environ, **given}))


COMMANDS = {
    "serve": Command("run the service", _serve_arguments, _serve),
    "check": Command(
        "look at Redis, the sign-in service, sites, the public address, TURN, emotes, files and clock: what to do",
        lambda parser: None,
        lambda options: asyncio.run(check.run(settings_from(os.environ))),
    ),
    "emotes": Command(
        "emotes of sites, and the tokens of their owners",
        emotes.add_arguments,
        lambda options: asyncio.run(emotes.run(options, settings_from(os.environ))),
    ),
    "settings": Command(
        "print everything that can be set",
        settings_command.add_arguments,
        lambda options: print(settings_command.table(options.markdown, Settings, Limits)),
    ),
}

if __name__ == "__main__":
    try:
        sys.exit(main())
    except SettingsError as error:
        sys.exit("\n".join(f"signaling: {line}" for line in str(error).splitlines()))
