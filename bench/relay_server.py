"""A server of one loop for bench/relaying.py: `python -m bench.relay_server ours|bare asyncio|uvloop PORT`."""

from __future__ import annotations

import os
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

from bench.floor import FloorRooms
from signaling.serve import FACTORY, server_options
from signaling.settings import settings_from


def main(kind: str, loop: Any, port: int) -> None:
    options = {**server_options(settings_from(os.environ)), "port": port, "loop": loop}
    if kind == "ours":
        uvicorn.run(FACTORY, factory=True, **options)
        return
    # uvicorn as it comes, but for what would be another WebSocket library or compression.
    bare = {"host": options["host"], "ws": "websockets-sansio", "ws_per_message_deflate": False, "access_log": False}
    app = Starlette(routes=[WebSocketRoute("/floor/{room}", FloorRooms().serve)])
    uvicorn.run(app, port=port, loop=loop, log_level="warning", **bare)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
