"""The dev page: widget/ as it lies on disk, run by stock Brython with no build; errors are Python tracebacks."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from build.brython import brython_file
from build.css import readable_css

GLOBAL = "StrixunChat"
ENTRY = "widget.browser.entry"
RUNTIME = ("brython.js", "brython_stdlib.js")
LEFT_OUT = ("native",)
NO_STORE = {"Cache-Control": "no-store"}
IMPORTED = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import\b|^[ \t]*import[ \t]+([\w.]+)", re.M)

# Gives the page what the linker's entry gives it: every public class of the entry module, as a constructor.
BOOTSTRAP = f"""
from widget.browser import js
import {ENTRY} as entry

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
    const reload = async (seen) => {{
      const stamp = await fetch('{base}/stamp').then((answer) => answer.text(), () => seen)
      if (seen !== undefined && stamp !== seen) location.reload()
      setTimeout(reload, 200, stamp)
    }}
    reload()
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
  <script type="text/python" id="bootstrap">{bootstrap}</script>
</body>
</html>
"""


def dev_page(base: str, config: dict[str, object]) -> str:
    """`base` is the path of the app ("/dev"), `config` what `new StrixunChat.ChatWidget` gets."""
    literal = json.dumps(config).replace("<", "\\u003c")
    return PAGE.format(base=escape(base), config=literal, bootstrap=BOOTSTRAP)


def vfs_script(root: Path) -> str:
    """All modules of widget/ in one script.

    Several hundred requests for files that do not exist are what Brython's own search by path would cost. Each module
    has the time when it was saved, by which Brython finds the others compiled in its IndexedDB.
    """
    saved: dict[int, dict[str, object]] = {}
    paths = {_module_name(path, root): path for path in _python_files(root)}
    for name, module in vfs_modules(root).items():
        saved.setdefault(int(stamp([paths[name]]) * 1000), {})[name] = module
    parts = [json.dumps({**modules, "$timestamp": at}) for at, modules in saved.items()]
    return "".join(f"__BRYTHON__.update_VFS({part})\n" for part in parts)


def vfs_modules(root: Path) -> dict[str, object]:
    """Modules by name in the form that Brython looks imports up in: [".py", text, imports, 1 for a package]."""
    modules: dict[str, object] = {}
    for path in _python_files(root):
        text = path.read_text("utf-8")
        module = [".py", text, sorted({first or second for first, second in IMPORTED.findall(text)})]
        modules[_module_name(path, root)] = [*module, 1] if path.stem == "__init__" else module
    return modules


def _module_name(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def stamp(files: list[Path]) -> float:
    """When the youngest of them was saved, in seconds."""
    return max((path.stat().st_mtime for path in files), default=0.0)


def dev_app(root: Path, service_key: str = "") -> Starlette:
    """Mount it under /dev beside /auth and /signal of the same origin."""
    watched = root / "widget"

    async def page(request: Request) -> Response:
        origin = f"{request.url.scheme}://{request.url.netloc}"
        config: dict[str, object] = {
            "containerId": "chat-widget",
            "authApiUrl": f"{origin}/auth",
            "signalingUrl": f"{origin}/signal",
            "otpEncryptionKey": service_key,
            "autoAuth": True,
        }
        return HTMLResponse(dev_page(request.scope.get("root_path", ""), config), headers=NO_STORE)

    async def modules(_request: Request) -> Response:
        return Response(vfs_script(root), media_type="text/javascript", headers=NO_STORE)

    async def styles(_request: Request) -> Response:
        return Response(readable_css(watched / "styles", "uncompiled"), media_type="text/css", headers=NO_STORE)

    async def changed(_request: Request) -> Response:
        files = [path for path in watched.rglob("*") if path.suffix in (".py", ".css")]
        return PlainTextResponse(str(stamp(files)), headers=NO_STORE)

    def runtime(name: str) -> Route:
        async def file(_request: Request) -> Response:
            return FileResponse(brython_file(name), media_type="text/javascript")

        return Route(f"/{name}", file)

    return Starlette(
        routes=[
            Route("/", page),
            Route("/widget.vfs.js", modules),
            Route("/chat-widget.min.css", styles),
            Route("/stamp", changed),
            *(runtime(name) for name in RUNTIME),
            Mount("/widget", StaticFiles(directory=watched)),
        ]
    )


def _python_files(root: Path) -> list[Path]:
    files = sorted((root / "widget").rglob("*.py"))
    return [path for path in files if path.relative_to(root).parts[1] not in LEFT_OUT]
