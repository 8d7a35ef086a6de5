"""The owner's command: `python -m auth serve | keys ... | origins ...`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

from auth.app import ORIGINS_FILE
from auth.key_folder import new_folder, new_pepper, revoke, rotate
from auth.keys import KeyFolderError, load_keys, read_payload, service_key
from auth.origins import is_origin, read_origins
from auth.serve import serve
from auth.settings import SettingsError, settings_from


def main(arguments: list[str] | None = None) -> int:
    settings = settings_from(os.environ)
    parser = _parser(str(settings.key_folder))
    options = parser.parse_args(arguments)
    folder = Path(options.folder)
    if options.command == "serve":
        serve(settings, options.workers)
    elif options.command == "keys":
        _keys(options, folder, int(time.time()))
    else:
        _origins(options, folder / ORIGINS_FILE)
    return 0


def _parser(folder: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m auth", description="The sign-in service and its keys.")
    parser.add_argument("--folder", default=folder, help="the key folder (AUTH_KEY_FOLDER)")
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="run the service, set up by AUTH_* variables")
    serving.add_argument("--workers", type=int, default=1)
    keys = commands.add_parser("keys", help="make, show, rotate and revoke keys").add_subparsers(
        dest="action", required=True
    )
    new = keys.add_parser("new", help="make all keys of a new deployment and print its otpEncryptionKey")
    new.add_argument("--issuer", required=True, help="the public address of this service: https://auth.example.org")
    keys.add_parser("show", help="print what is public: ids, dates, issuer")
    keys.add_parser("service-key", help="print the otpEncryptionKey for sites")
    keys.add_parser("rotate", help="add keys that are due and sign a fresh document (monthly; needs root.pem)")
    keys.add_parser("pepper", help="change the secret under which codes are kept")
    revoking = keys.add_parser("revoke", help="declare a signing or sealing key bad at once (needs root.pem)")
    revoking.add_argument("kid")
    origins = commands.add_parser("origins", help="which sites may embed the chat").add_subparsers(
        dest="action", required=True
    )
    origins.add_parser("list", help="print them")
    for action in ("allow", "remove"):
        origins.add_parser(action).add_argument("origin", help="https://example.org")
    return parser


def _keys(options: argparse.Namespace, folder: Path, now_s: int) -> None:
    if options.action == "new":
        print(new_folder(folder, options.issuer, now_s))
        print(f"Keep {folder / 'root.pem'} offline; only `keys rotate` and `keys revoke` need it.", file=sys.stderr)
    elif options.action == "show":
        payload = read_payload(folder)
        payload["usable"] = sorted(load_keys(folder, now_s).key_set.keys)
        print(json.dumps(payload, indent=2))
    elif options.action == "service-key":
        print(service_key(folder))
    elif options.action == "rotate":
        rotate(folder, now_s)
    elif options.action == "pepper":
        new_pepper(folder)
    else:
        before = service_key(folder)
        revoke(folder, options.kid, now_s)
        if service_key(folder) != before:
            print(service_key(folder))
            print("Give your sites this otpEncryptionKey: theirs names the key that is bad.", file=sys.stderr)


def _origins(options: argparse.Namespace, path: Path) -> None:
    listed = read_origins(path)
    if options.action == "list":
        print("\n".join(listed))
        return
    if not is_origin(options.origin) or not options.origin.startswith("https://"):
        raise SettingsError(f"{options.origin!r} is not an origin; write it like https://example.org, without a path.")
    kept = [origin for origin in listed if origin != options.origin]
    if options.action == "allow":
        kept.append(options.origin)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{origin}\n" for origin in kept), "utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (KeyFolderError, SettingsError) as error:
        sys.exit(f"auth: {error}")
