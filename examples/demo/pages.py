"""The example pages with this server's addresses in place of the specification's."""

from __future__ import annotations

from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

EXAMPLES = Path(__file__).resolve().parent.parent
STATIC = Path(__file__).resolve().parent / "static"

FRAME = """<body class="demo">
  <header class="demo-frame">
    <p><strong>Strixun Chat, running on your machine.</strong>
      Sign in with any address, such as <code>ada@example.org</code>: no mail leaves this computer, the code arrives in
      the <a href="/mail" target="_blank">mailbox</a>.
      Then be a second person: open <a href="/" target="_blank">a second window</a> in a private window or another
      browser, sign in with another address, and talk.</p>
    <nav aria-label="Demo"><a href="/mail" target="_blank">Mailbox</a> <a href="/advanced">Events</a>
      <a href="/strict">Strict CSP</a> <a href="/gaming">Game</a> <a href="/docs-site">Docs</a>
      <a href="/single-page-app">App</a> <a href="/overlay">Overlay</a> <a href="/dev/">Uncompiled</a></nav>
  </header>
"""

AS_THEY_ARE = (
    "zero-config", "advanced", "gaming", "overlay", "docs-site", "single-page-app", "brand-arcade", "brand-paper",
)  # fmt: skip

# The policy that the widget promises to run under; older browsers do not count ws: of the same host as its origin.
STRICT = (
    "default-src 'none'; script-src {origin}/cdn/; style-src {origin}/cdn/; connect-src {origin} {socket}; "
    "img-src https://cdn.7tv.app {origin}; base-uri 'none'; object-src 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
MAILBOX_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"


def localised(page: str, origin: str, service_key: str) -> str:
    """A page of examples/ with real addresses: CDN folder, services, key."""
    for written, here in (
        ("https://chat-cdn.idling.app/v1/", f"{origin}/cdn/v1/"),
        ("https://auth.idling.app", f"{origin}/auth"),
        ("https://chat-signaling.idling.app", f"{origin}/signal"),
        ("https://cdn.7tv.app", f"{origin}/7tv"),
        ("your-encryption-key-here", service_key),
        ("your-key", service_key),
    ):
        page = page.replace(written, escape(here))
    return page


def framed(page: str) -> str:
    """The page with a line above it that says what this is."""
    link = '<link rel="stylesheet" href="/static/demo.css">\n</head>'
    return page.replace("</head>", link, 1).replace("<body>\n", FRAME, 1)


def routes(service_key: str) -> list[BaseRoute]:
    def page(name: str, request: Request) -> str:
        return localised((EXAMPLES / name).read_text("utf-8"), _origin(request), service_key)

    async def front(request: Request) -> Response:
        return HTMLResponse(framed(page("zero-config.html", request)))

    async def as_it_is(request: Request) -> Response:
        return HTMLResponse(page(f"{request.url.path[1:]}.html", request))

    async def strict(request: Request) -> Response:
        origin = _origin(request)
        policy = STRICT.format(origin=origin, socket=origin.replace("http", "ws", 1))
        return HTMLResponse(page("strict-csp.html", request), headers={"Content-Security-Policy": policy})

    async def mailbox(_request: Request) -> Response:
        return FileResponse(STATIC / "mail.html", headers={"Content-Security-Policy": MAILBOX_POLICY})

    async def favicon(_request: Request) -> Response:
        return Response(status_code=204)

    return [
        Route("/", front),
        *(Route(f"/{name}", as_it_is) for name in AS_THEY_ARE),
        Route("/strict", strict),
        Route("/mail", mailbox),
        Route("/favicon.ico", favicon),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"
