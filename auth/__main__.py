"""The owner's command: `python -m auth serve | keys ... | origins ... | issuers ... | check | settings`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path

from auth import check, issuers_command, origins_command, settings_command
from auth.command import Command
from auth.forms import public_url
from auth.hosts import quoted
from auth.key_folder import ROOT, new_folder, new_pepper, private_files, revoke, rotate
from auth.keys import KeyFolderError, load_keys, read_payload, service_key
from auth.serve import serve
from auth.settings import MOST_WORKERS, PREFIX, Settings, SettingsError, settings_from
from auth.sign_in import REQUEST_PATH
from auth.work_tree import refuse_commits


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    COMMANDS[options.command].run(options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m auth", description="The sign-in service and its keys.")
    parser.add_argument("--folder", type=Path, help="the key folder (AUTH_KEY_FOLDER)")
    words = parser.add_subparsers(dest="command", required=True)
    for word, command in COMMANDS.items():
        command.add_arguments(words.add_parser(word, help=command.help))
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    settings = settings_from(os.environ)
    return settings if options.folder is None else settings.model_copy(update={"key_folder": options.folder})


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=_workers, default=1)


def _serve(options: argparse.Namespace) -> None:
    settings = _settings(options)
    os.environ[PREFIX + "KEY_FOLDER"] = str(settings.key_folder)  # where workers look
    serve(settings, options.workers)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"write a whole number from 1 to {MOST_WORKERS}")
    return int(text)


def _keys_arguments(parser: argparse.ArgumentParser) -> None:
    keys = parser.add_subparsers(dest="action", required=True)
    new = keys.add_parser("new", help="make all keys of a new deployment and print its otpEncryptionKey")
    new.add_argument("--issuer", required=True, help="the public address of this service: https://auth.example.org")
    keys.add_parser("show", help="print what is public: ids, dates, issuer")
    keys.add_parser("service-key", help="print the otpEncryptionKey for sites")
    rotating = keys.add_parser("rotate", help="add keys that are due and sign a fresh document (needs root.pem)")
    keys.add_parser("pepper", help="change the secret under which codes are kept")
    revoking = keys.add_parser("revoke", help="declare a signing or sealing key bad at once (needs root.pem)")
    revoking.add_argument("kid")
    for signing in (new, rotating, revoking):
        signing.add_argument("--root", type=Path, help="the root key, where it is not root.pem in the key folder")


def _keys(options: argparse.Namespace) -> None:
    folder, now_s = _settings(options).key_folder, int(time.time())
    if options.action == "new":
        root = options.root or folder / ROOT
        refuse_commits([root, *private_files(folder)])
        print(new_folder(folder, _issuer(options.issuer), now_s, options.root))
        print(f"Keep {root} offline; only `keys rotate` and `keys revoke` need it.", file=sys.stderr)
    elif options.action == "show":
        payload = read_payload(folder)
        payload["usable"] = sorted(load_keys(folder, now_s).key_set.keys)
        print(json.dumps(payload, indent=2))
    elif options.action == "service-key":
        print(service_key(folder))
    elif options.action == "rotate":
        rotate(folder, now_s, options.root)
    elif options.action == "pepper":
        new_pepper(folder)
    else:
        before = service_key(folder)
        revoke(folder, options.kid, now_s, options.root)
        if service_key(folder) != before:
            print(service_key(folder))
            print("Give your sites this otpEncryptionKey: theirs names the key that is bad.", file=sys.stderr)


def _issuer(text: str) -> str:
    """As pages have it in authApiUrl; it stands in the keys for as long as they do."""
    try:
        return public_url(text, REQUEST_PATH)
    except ValueError as error:
        raise SettingsError(f"--issuer is {quoted(text)}: {error}.") from error


COMMANDS = {
    "serve": Command(
        "run the service, set up by AUTH_* variables",
        _serve_arguments,
        _serve,
    ),
    "keys": Command("make, show, rotate and revoke keys", _keys_arguments, _keys),
    "origins": Command(
        "which sites may embed the chat",
        origins_command.add_arguments,
        lambda options: asyncio.run(origins_command.run(options, _settings(options))),
    ),
    "issuers": Command(
        "sites that sign their visitors in themselves, and their keys",
        issuers_command.add_arguments,
        lambda options: asyncio.run(issuers_command.run(options, _settings(options))),
    ),
    "check": Command(
        "look at Redis, mail, keys, sites, the public address, files and clock, and say what to do",
        check.add_arguments,
        lambda options: asyncio.run(check.run(options, _settings(options))),
    ),
    "settings": Command(
        "print everything that can be set",
        settings_command.add_arguments,
        lambda options: print(settings_command.table(options.markdown, Settings)),
    ),
}

if __name__ == "__main__":
    try:
        sys.exit(main())
    except (KeyFolderError, SettingsError) as error:
        sys.exit("\n".join(f"auth: {line}" for line in str(error).splitlines()))
