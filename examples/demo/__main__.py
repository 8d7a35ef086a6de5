"""`python -m examples.demo`: the whole chat on one port of this machine."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from auth.store.form import form_trouble
from auth.store.opening import open_store
from auth.store.shared import StoreDown, StoreRefusal
from examples.demo.app import PATIENT, Demo, DemoSettings
from examples.demo.server import HOST, PortTaken, listen, port_of, serve


def main() -> int:
    """0 after Ctrl-C, 1 with one clear line where it cannot start."""
    options = _parser().parse_args()
    try:
        listener = listen(options.port)
    except PortTaken as error:
        _say(str(error))
        return 1
    port = port_of(listener)
    settings = DemoSettings(port=port, redis_url=os.environ.get("REDIS_URL") or None)
    try:
        trouble = "" if settings.redis_url is None else asyncio.run(_trouble(settings.redis_url))
        if trouble != "":
            listener.close()
            _say(trouble)
            return 1
        demo = Demo(settings)
    except ValueError as error:
        listener.close()
        _say(f"REDIS_URL does not fit: {error}. Write it as redis://127.0.0.1:6379, or leave it out")
        return 1
    except PermissionError as error:
        listener.close()
        _say(f"{error.filename} cannot be used: remove .work, or give it back (chown) if it is another user's")
        return 1
    _say("keys are in .work/demo-keys, the log of both services in .work/demo.log")
    if settings.redis_url is None:
        _say("no REDIS_URL: rooms and sign-ins are kept in this process and end with it")
    else:
        _say("rooms and sign-ins are kept in the Redis of REDIS_URL")
    if not (settings.cdn_folder / "manifest.json").is_file():
        _say("the bundle is not built yet: run `make build-cdn`; until then only /dev has a chat")
    _say_places(f"http://{HOST}:{port}", options.dev)
    serve(demo.app, listener)
    _say("stopped")
    return 0


async def _trouble(redis_url: str) -> str:
    """Why this Redis will not do, "" when it will."""
    store = open_store(redis_url, rules=PATIENT)
    try:
        return await form_trouble(store)
    except StoreDown:
        return store.trouble or "the Redis of REDIS_URL does not answer. Start it, or leave REDIS_URL out"
    except StoreRefusal:
        return "the Redis of REDIS_URL does not let us in. Look at user and password, or leave REDIS_URL out"
    finally:
        await store.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.demo", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000, help="8000; 0 takes a free one")
    parser.add_argument("--dev", action="store_true", help="point at the uncompiled page, which reloads on save")
    return parser


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) < 65_536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: take a number from 0 to 65535")
    return int(text)


def _say_places(origin: str, dev: bool) -> None:
    _say(f"mailbox      {origin}/mail")
    _say(f"uncompiled   {origin}/dev/")
    _say(f"open         {origin}/{'dev/' if dev else ''}")
    _say("Ctrl-C stops")


def _say(line: str) -> None:
    print(f"demo: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
