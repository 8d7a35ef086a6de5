"""`python -m widget.native`: the chat in a terminal."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from widget.core.config import RELAYS, ChatConfig
from widget.errors import ChatError
from widget.native.bot import Bot
from widget.native.terminal import Terminal, standard_input


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m widget.native", description="Chat in a terminal.")
    parser.add_argument("--auth", required=True, help="URL of the sign-in service")
    parser.add_argument("--signaling", required=True, help="URL of the signaling service")
    parser.add_argument("--key", required=True, help="the site's otpEncryptionKey, cwk1...")
    parser.add_argument("--origin", default="http://localhost", help="the site to act for, such as https://example.org")
    parser.add_argument("--email", default="", help="asked for when missing")
    parser.add_argument("--name", default="", help="what others see; asked for when missing")
    parser.add_argument("--room", default="", help="enter this room or invite at once")
    parser.add_argument("--create", default="", metavar="NAME", help="found a public room at once")
    parser.add_argument("--relay", default="fallback", choices=RELAYS)
    parser.add_argument("--folder", type=Path, default=None, help="keep the sign-in in this folder")
    options = parser.parse_args(arguments)
    try:
        return asyncio.run(_run(options))
    except KeyboardInterrupt:
        return 130


async def _run(options: argparse.Namespace) -> int:
    config = ChatConfig(options.auth, options.signaling, options.key, relay=options.relay)
    try:
        bot = Bot(config, options.origin, options.folder)
    except ChatError as error:
        _write(f"! {error.message}")
        return 2
    try:
        terminal = Terminal(bot, await standard_input(), _write)
        if not await terminal.sign_in(options.email, options.name):
            return 1
        await terminal.run(options.room, options.create)
        return 0
    finally:
        await bot.close()


def _write(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
