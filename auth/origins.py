"""Which sites may embed the chat: an exact list of origins, and the CORS headers that go with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.problems import ORIGIN_REFUSED, Problem, problem_response

MAX_ORIGIN_CHARS = 255
MAX_AGE_S = 600
LOOPBACK_HOSTS = ("localhost", "127.0.0.1")
ALLOWED_HEADERS = "authorization, dpop, content-type"


def is_origin(text: str) -> bool:
    """Whether `text` is an origin as browsers write it: scheme, lower-case host, port unless default, nothing else."""
    if len(text) > MAX_ORIGIN_CHARS or not text.isascii() or text != text.lower():
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        return False
    default = {"https": 443, "http": 80}[parts.scheme]
    return port != default and text == f"{parts.scheme}://{parts.netloc}" and not parts.netloc.endswith(":")


class Origins:
    """The allow-list, `listed` and in a file. In development http on the loopback is allowed too, `null` never."""

    def __init__(self, listed: Iterable[str], development: bool, file: Path | None = None) -> None:
        self._listed = frozenset(origin for origin in listed if _is_listable(origin))
        self._development = development
        self._file = file
        self._file_mtime_ns = -1
        self._filed: frozenset[str] = frozenset()

    def permits(self, origin: str) -> bool:
        self._look()
        if origin in self._listed or origin in self._filed:
            return True
        if not self._development or not is_origin(origin):
            return False
        return urlsplit(origin).hostname in LOOPBACK_HOSTS

    def _look(self) -> None:
        """Read the file when it has changed: allowing or removing a site needs no restart."""
        if self._file is None:
            return
        mtime_ns = self._file.stat().st_mtime_ns if self._file.exists() else 0
        if mtime_ns != self._file_mtime_ns:
            self._file_mtime_ns = mtime_ns
            self._filed = frozenset(origin for origin in read_origins(self._file) if _is_listable(origin))


def _is_listable(origin: str) -> bool:
    return is_origin(origin) and origin.startswith("https://")


def read_origins(path: Path) -> list[str]:
    """One origin a line; empty lines and lines with # do not count. A missing file is an empty list."""
    if not path.exists():
        return []
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line != "" and not line.startswith("#")]


def origin_of(scope: Scope) -> str | None:
    """The Origin header of a request or a WebSocket; None when missing or given twice."""
    values = Headers(scope=scope).getlist("origin")
    return values[0] if len(values) == 1 else None


class Cors:
    """ASGI layer: refuses foreign origins, answers preflights, adds the headers to every answer.

    `open_paths` are exempt (health, metrics). Calls without an Origin pass unless their method is POST or DELETE.
    """

    def __init__(self, app: ASGIApp, origins: Origins, methods: str, open_paths: Collection[str] = ()) -> None:
        self._app = app
        self._origins = origins
        self._methods = methods
        self._open_paths = open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _route(scope) in self._open_paths:
            await self._app(scope, receive, send)
            return
        given = "origin" in Headers(scope=scope)
        origin = origin_of(scope)
        if origin is None and not given and scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, _adding(send, {}))
        elif origin is None or not self._origins.permits(origin):
            await problem_response(Problem(ORIGIN_REFUSED))(scope, receive, _adding(send, {}))
        elif scope["method"] == "OPTIONS":
            await Response(status_code=204)(scope, receive, _adding(send, self._preflight(origin)))
        else:
            await self._app(scope, receive, _adding(send, {"access-control-allow-origin": origin}))

    def _preflight(self, origin: str) -> dict[str, str]:
        return {
            "access-control-allow-origin": origin,
            "access-control-allow-methods": self._methods,
            "access-control-allow-headers": ALLOWED_HEADERS,
            "access-control-max-age": str(MAX_AGE_S),
        }


def _route(scope: Scope) -> str:
    """The path below the place where the service is mounted."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root != "" and path.startswith(root) else path


def _adding(send: Send, headers: dict[str, str]) -> Send:
    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer = MutableHeaders(scope=message)
            answer.add_vary_header("Origin")
            for name, value in headers.items():
                answer[name] = value
        await send(message)

    return add
