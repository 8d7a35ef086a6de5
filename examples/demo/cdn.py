"""cdn_dist/ served as the CDN would serve it: the same headers, compressed files where the browser takes them."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from build.headers import headers_for, headers_for_missing

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
NOT_BUILT = "The CDN folder is empty: run `make build-cdn` first."


def route(folder: Path) -> Route:
    """Serves what is below `folder` under /cdn/."""

    def file(request: Request) -> Response:
        path = request.path_params["path"]
        found = (folder / path).resolve()
        if not (folder / "manifest.json").is_file():
            raise HTTPException(404, NOT_BUILT)
        if request.method not in ("GET", "HEAD"):
            return Response(status_code=405, headers=headers_for("/" + path))
        if not found.is_relative_to(folder.resolve()) or not found.is_file():
            return Response("Not found", status_code=404, headers=headers_for_missing("/" + path))
        return _response(found, "/" + path, request.headers.get("accept-encoding", ""))

    return Route("/cdn/{path:path}", file, methods=METHODS)


def _response(found: Path, path: str, accepted: str) -> Response:
    headers = {**headers_for(path), "Vary": "Accept-Encoding"}
    for suffix, encoding in ((".br", "br"), (".gz", "gzip")):
        packed = found.with_name(found.name + suffix)
        if encoding in accepted.replace(" ", "").split(",") and packed.is_file():
            return FileResponse(packed, headers={**headers, "Content-Encoding": encoding})
    return FileResponse(found, headers=headers)
