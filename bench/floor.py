"""The hand-written floor: a page and the smallest signaling it needs."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

PAGE = Path(__file__).with_name("floor.html")
TALK = Path(__file__).with_name("talk.js")


class FloorRooms:
    """Passes every text to the other sockets of the room."""

    def __init__(self) -> None:
        self._rooms: dict[str, list[WebSocket]] = {}

    async def serve(self, socket: WebSocket) -> None:
        members = self._rooms.setdefault(socket.path_params["room"], [])
        await socket.accept()
        await socket.send_json({"first": len(members) == 0})
        members.append(socket)
        try:
            while True:
                text = await socket.receive_text()
                for other in members:
                    if other is not socket:
                        await other.send_text(text)
        except WebSocketDisconnect:
            members.remove(socket)


def routes() -> list[BaseRoute]:
    async def page(_request: object) -> Response:
        return FileResponse(PAGE)

    async def talk(_request: object) -> Response:
        return FileResponse(TALK)

    return [Route("/floor", page), Route("/talk.js", talk), WebSocketRoute("/floor/{room}", FloorRooms().serve)]
