"""Pages of somebody else's site, another origin than services and CDN: their policy, and what ran there before us."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from examples.demo.server import listen, port_of, serving
from tests.browser.site import Site

ROOT = Path(__file__).parent.parent.parent
HOSTS = Path(__file__).parent / "hosts"
VERSION = "v1.0.0"
SCRIPT = "chat-widget.iife.min.js"
FRAMED = "localhost"

# security.md, "In the browser"; {own} is the host's own scripts and styles.
POLICY = (
    "default-src 'none'; script-src {cdn} {own}; style-src {cdn} {own}; connect-src {connected}; "
    "img-src https://cdn.7tv.app {services}; base-uri 'none'; object-src 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
# Of a page that shows nothing but itself and a frame.
AROUND = "default-src 'none'; script-src {own}; frame-src {framed}; require-trusted-types-for 'script'"
ISOLATED = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"}


@dataclass(frozen=True)
class HostPage:
    """`earlier` are names of scripts that run first; `isolated` sends COEP and COOP; `attributes` are of our tag; with
    `words` the policy lets catalogues of languages be fetched."""

    earlier: tuple[str, ...] = ()
    strict: bool = True
    isolated: bool = True
    attributes: dict[str, str] = field(default_factory=dict)
    words: bool = True


def lax(*earlier: str) -> HostPage:
    """A page without a policy."""
    return HostPage(earlier, strict=False, isolated=False)


class Host:
    """`scripts` are the texts behind the names of `HostPage.earlier`."""

    def __init__(self, site: Site, pages: dict[str, HostPage], scripts: dict[str, str]) -> None:
        self._site = site
        self._pages = pages
        self._scripts = scripts

    def routes(self) -> list[Route]:
        return [
            Route("/favicon.ico", lambda _request: Response(status_code=204)),
            Route(
                "/own/host.css",
                lambda _request: Response((HOSTS / "host.css").read_text("utf-8"), media_type="text/css"),
            ),
            Route("/own/{name}.js", self._script),
            Route("/around/{name}", self._around),
            Route("/{name}", self._page),
        ]

    def _script(self, request: Request) -> Response:
        return Response(self._scripts[request.path_params["name"]], media_type="text/javascript")

    def _page(self, request: Request) -> Response:
        page = self._pages[request.path_params["name"]]
        headers = ISOLATED if page.isolated else {}
        if page.strict:
            own = f"{request.url.scheme}://{request.url.netloc}/own/"
            headers = {**headers, "Content-Security-Policy": self._policy(own, page.words)}
        return HTMLResponse(self._html(page), headers=headers)

    def _around(self, request: Request) -> Response:
        """The page of that name in a frame, for who comes by another name of this machine: that is another site."""
        framed = f"http://{FRAMED}:{request.url.port}/{request.path_params['name']}"
        policy = AROUND.format(own=f"http://{request.url.netloc}/own/", framed=framed)
        text = (HOSTS / "around.html").read_text("utf-8").replace("FRAMED", framed)
        return HTMLResponse(text, headers={"Content-Security-Policy": policy})

    def _policy(self, own: str, words: bool) -> str:
        services = self._site.origin
        cdn = f"{services}/cdn/{VERSION}/"
        socket = services.replace("http", "ws", 1)
        connected = f"{services}/auth/ {services}/signal/ {socket}/signal/" + (f" {cdn}" if words else "")
        return POLICY.format(cdn=cdn, own=own, services=services, connected=connected)

    def _html(self, page: HostPage) -> str:
        text = (HOSTS / "page.html").read_text("utf-8")
        earlier = "\n".join(f'  <script src="/own/{name}.js"></script>' for name in page.earlier)
        attributes = {"integrity": integrity(), **self._settings(), **page.attributes}
        ours = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
        source = f"{self._site.origin}/cdn/{VERSION}/{SCRIPT}"
        tag = f'  <script src="{source}" crossorigin="anonymous" {ours}></script>'
        return text.replace("<!-- earlier -->", earlier).replace("<!-- ours -->", tag)

    def _settings(self) -> dict[str, str]:
        return {
            "data-container-id": "chat",
            "data-auth-api-url": f"{self._site.origin}/auth",
            "data-signaling-url": f"{self._site.origin}/signal",
            "data-otp-encryption-key": self._site.service_key,
            "data-auto-auth": "true",
        }


@contextmanager
def running_host(site: Site, pages: dict[str, HostPage], scripts: dict[str, str] | None = None) -> Iterator[str]:
    """The origin of a host with these pages; scripts of hosts/ are known by their names."""
    known = {path.stem: path.read_text("utf-8") for path in HOSTS.glob("*.js")}
    listener = listen(0)
    with serving(Starlette(routes=[*Host(site, pages, {**known, **(scripts or {})}).routes()]), listener):
        yield f"http://{FRAMED}:{port_of(listener)}"


def integrity() -> str:
    """What the manifest says of the script at its exact version."""
    manifest = json.loads((ROOT / "cdn_dist" / VERSION / "manifest.json").read_text("utf-8"))
    value: str = manifest["files"][SCRIPT]["integrity"]
    return value
