"""PeerJS with its own server, beside which ours is measured."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from build.node import find_node
from examples.demo.server import HOST, listen, port_of
from tests.browser.turn_server import wait_until_it_listens

PAGE = Path(__file__).with_name("peerjs.html")
MODULES = Path(__file__).resolve().parent.parent / ".work" / "bench" / "node_modules"
SCRIPT = MODULES / "peerjs" / "dist" / "peerjs.min.js"
SERVER = MODULES / "peer" / "dist" / "bin" / "peerjs.js"


@contextmanager
def running_peer_server() -> Iterator[int]:
    """Its port."""
    listener = listen(0)
    port = port_of(listener)
    listener.close()
    command = [find_node(), str(SERVER), "--port", str(port), "--host", HOST, "--alive_timeout", "3600000"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_it_listens(port)
            yield port
        finally:
            server.terminate()


def routes() -> list[BaseRoute]:
    async def page(_request: object) -> Response:
        return FileResponse(PAGE)

    async def script(_request: object) -> Response:
        return FileResponse(SCRIPT)

    return [Route("/peerjs", page), Route("/peerjs.js", script)]
