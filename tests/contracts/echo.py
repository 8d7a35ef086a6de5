"""The server that the contracts of `Http` and `Sockets` talk to."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect


async def plain(_request: Request) -> Response:
    return PlainTextResponse("plain")


async def echo(request: Request) -> Response:
    return Response(await request.body())


async def headers(request: Request) -> Response:
    return PlainTextResponse(
        " ".join(request.headers.get(name, "") for name in ("content-type", "authorization", "dpop"))
    )


async def refused(_request: Request) -> Response:
    return Response(b"{}", 429, headers={"Retry-After": "7"}, media_type="application/problem+json")


async def cookie(request: Request) -> Response:
    answer = PlainTextResponse(request.headers.get("cookie", ""))
    answer.set_cookie("contract", "kept")
    return answer


async def redirect(_request: Request) -> Response:
    return RedirectResponse("plain")


async def silence(request: Request) -> Response:
    """Says nothing while anybody listens."""
    await request.body()
    await request.receive()
    return Response()


async def echo_socket(socket: WebSocket) -> None:
    """Says the protocol, then echoes; "close 4429" closes with that code."""
    protocol = socket.scope["subprotocols"][0]
    await socket.accept(protocol)
    await socket.send_text(protocol)
    try:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if message.get("text") is None:
                await socket.send_bytes(message["bytes"])
            elif message["text"].startswith("close "):
                await socket.close(int(message["text"][6:]))
                return
            else:
                await socket.send_text(message["text"])
    except WebSocketDisconnect:
        return


async def refused_socket(socket: WebSocket) -> None:
    await socket.close(4403)


def echo_app() -> Starlette:
    return Starlette(
        routes=[
            Route("/plain", plain),
            Route("/echo", echo, methods=["POST"]),
            Route("/headers", headers, methods=["POST"]),
            Route("/refused", refused),
            Route("/cookie", cookie),
            Route("/redirect", redirect),
            Route("/silence", silence),
            WebSocketRoute("/echo", echo_socket),
            WebSocketRoute("/refused", refused_socket),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "POST"],
                allow_headers=["authorization", "dpop", "content-type"],
                expose_headers=["x-heard", "retry-after"],
            )
        ],
    )
