"""The dev page: widget/ as it lies on disk, run by stock Brython with no build; errors are Python tracebacks."""

from __future__ import annotations

import asyncio
import json
from html import escape
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from build.brython import brython_file
from build.css import readable_css
from build.integrity import integrity
from build.languages import LIST, language_files
from build.vfs import vfs_script

GLOBAL = "StrixunChat"
ENTRY = "widget.browser.entry"
RUNTIME = ("brython.js", "brython_stdlib.js")
NO_STORE = {"Cache-Control": "no-store"}
LOOKS, LOOK_EVERY_S = 10, 0.05  # in all shorter than the server waits for its answers when it ends

# Gives the page what the linker's entry gives it: every public class of the entry module, as a constructor.
BOOTSTRAP = f"""
from widget.browser import js
from widget.browser.home import came_from
import {ENTRY} as entry

told = js.window.document.getElementById("bootstrap").dataset
came_from(js.new(js.window.URL, told.style, js.window.location.href).href, "", told.list)
public = {{"version": "uncompiled"}}
for name, value in vars(entry).items():
    if isinstance(value, type) and value.__module__ == entry.__name__ and not name.startswith("_"):
        public[name] = js.constructor(value)
js.put(js.window, "{GLOBAL}", js.record(public))
js.window.dispatchEvent(js.new(js.window.Event, "strixun:ready"))
"""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <title>Strixun Chat, uncompiled</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="{base}/chat-widget.min.css">
  <script>
    addEventListener('strixun:ready', () => {{
      window.chat = new StrixunChat.ChatWidget({config})
    }})
    const watch = async (seen) => {{
      const later = () => new Promise((resolve) => setTimeout(resolve, 500, seen))
      const stamp = await fetch(`{base}/stamp?seen=${{seen}}`).then((answer) => answer.text()).catch(later)
      if (stamp === seen) watch(seen)
      else location.reload()
    }}
    watch('{stamp}')
  </script>
</head>
<body>
  <h1>Uncompiled</h1>
  <p>This page runs the Python files as they are, under stock Brython. Save one and the page reloads; errors are Python
    tracebacks in the console.</p>
  <div id="chat-widget"></div>
  <script src="{base}/brython.js"></script>
  <script src="{base}/brython_stdlib.js"></script>
  <script src="{base}/widget.vfs.js"></script>
  <script>
    // Brython calls every coroutine forgotten that is handed to a function before it is awaited.
    const {{ imported, module_getattr: read, module_setattr: write }} = __BRYTHON__
    const warn = read(imported._warnings, 'warn')
    write(imported._warnings, 'warn', (message, ...rest) =>
      String(message.args?.[0]).endsWith('was never awaited') || warn(message, ...rest))
  </script>
  <script type="text/python" id="bootstrap" data-style="{base}/chat-widget.min.css"
    data-list="{listed}">{bootstrap}</script>
</body>
</html>
"""


def dev_page(base: str, config: dict[str, object], stamp: float, listed: str = "") -> str:
    """`base` is the path of the app ("/dev"), `config` what `new StrixunChat.ChatWidget` gets, `listed` the integrity
    of the list of languages."""
    literal = json.dumps(config).replace("<", "\\u003c")
    return PAGE.format(base=escape(base), config=literal, stamp=stamp, bootstrap=BOOTSTRAP, listed=listed)


def last_save(folder: Path) -> float:
    """When the youngest source file was saved, in seconds."""
    return max((_saved(path) for path in folder.rglob("*") if path.suffix in (".py", ".css", ".json")), default=0.0)


def _saved(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0  # an editor is putting another in its place


def dev_app(root: Path, service_key: str = "") -> Starlette:
    """Mount it under /dev beside /auth and /signal of the same origin."""
    watched = root / "widget"
    languages = watched / "languages"

    async def page(request: Request) -> Response:
        origin = f"{request.url.scheme}://{request.url.netloc}"
        config: dict[str, object] = {
            "containerId": "chat-widget",
            "authApiUrl": f"{origin}/auth",
            "signalingUrl": f"{origin}/signal",
            "otpEncryptionKey": service_key,
            "autoAuth": True,
        }
        base = request.scope.get("root_path", "")
        listed = integrity(language_files(languages)[LIST])
        return HTMLResponse(dev_page(base, config, last_save(watched), listed), headers=NO_STORE)

    async def modules(_request: Request) -> Response:
        return Response(vfs_script(root), media_type="text/javascript", headers=NO_STORE)

    async def styles(_request: Request) -> Response:
        return Response(readable_css(watched / "styles", "uncompiled"), media_type="text/css", headers=NO_STORE)

    async def words(request: Request) -> Response:
        found = language_files(languages).get(request.url.path.rsplit("/", 1)[1])
        if found is None:
            return PlainTextResponse("There is no such language.", 404)
        return Response(found, media_type="application/json", headers=NO_STORE)

    async def saved(request: Request) -> Response:
        """The stamp, as soon as it is not the one that the page has seen; after a while in any case."""
        for _ in range(LOOKS):
            if str(last_save(watched)) != request.query_params.get("seen"):
                break
            await asyncio.sleep(LOOK_EVERY_S)
        return PlainTextResponse(str(last_save(watched)), headers=NO_STORE)

    def runtime(name: str) -> Route:
        async def file(_request: Request) -> Response:
            return FileResponse(brython_file(name), media_type="text/javascript")

        return Route(f"/{name}", file)

    return Starlette(
        routes=[
            Route("/", page),
            Route("/widget.vfs.js", modules),
            Route("/chat-widget.min.css", styles),
            Route("/chat-widget.{language}.json", words),
            Route("/stamp", saved),
            *(runtime(name) for name in RUNTIME),
            Mount("/widget", StaticFiles(directory=watched)),
        ]
    )
