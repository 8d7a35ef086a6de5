"""A local server in the shape of Cloudflare's API, as far as `wrangler pages deploy` and a purge ask, and of the CDN.

Files that are deployed are served below `cdn`, as Pages would serve them.
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fakes.serving import in_a_thread

ACCOUNT = "account-1"
ZONE = "zone-1"
PROJECT = "chat-widget-cdn"
TOKEN = "token-that-nobody-may-see"
# wrangler reads the middle part, which is {}.
UPLOAD_TOKEN = "e30.e30.e30"


@dataclass(frozen=True)
class Failure:
    """The answer to the next request whose path ends so."""

    path: str
    status: int
    code: int = 0
    message: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        errors = [{"code": self.code, "message": self.message}]
        return json.dumps({"success": False, "errors": errors, "messages": [], "result": None}).encode()


class CloudflareApi(ThreadingHTTPServer):
    """`asked` are "METHOD path", `purged` the addresses of each purge, `site` the deployed files by path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.failures: list[Failure] = []
        self.purged: list[list[str]] = []
        self.uploaded: dict[str, bytes] = {}
        self.site: dict[str, bytes] = {}
        self.form: dict[str, str] = {}

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a deployment to here."""
        return {
            "CF_API_TOKEN": TOKEN,
            "CF_ACCOUNT_ID": ACCOUNT,
            "CF_ZONE_ID": ZONE,
            "CF_API_BASE_URL": f"{self.origin}/client/v4",
            "CDN_BASE_URL": f"{self.origin}/cdn",
        }

    def fail(self, path: str, status: int, code: int = 0, message: str = "", **headers: str) -> None:
        self.failures.append(Failure(path, status, code, message, headers))

    def take_failure(self, path: str) -> Failure | None:
        for failure in self.failures:
            if path.endswith(failure.path):
                self.failures.remove(failure)
                return failure
        return None

    def answer(self, method: str, path: str, body: bytes) -> object:
        """The `result` of an authorized request; None for a path that the API does not have."""
        project = f"/accounts/{ACCOUNT}/pages/projects/{PROJECT}"
        if (method, path) == ("GET", project):
            return {"name": PROJECT, "production_branch": "main", "deployment_configs": {"production": {}}}
        if (method, path) == ("GET", f"{project}/upload-token"):
            return {"jwt": UPLOAD_TOKEN}
        if (method, path) == ("POST", "/pages/assets/check-missing"):
            return [name for name in json.loads(body)["hashes"] if name not in self.uploaded]
        if (method, path) == ("POST", "/pages/assets/upload"):
            self.uploaded |= {part["key"]: base64.b64decode(part["value"]) for part in json.loads(body)}
            return {}
        if (method, path) == ("POST", "/pages/assets/upsert-hashes"):
            return {}
        if (method, path) == ("POST", f"/zones/{ZONE}/purge_cache"):
            self.purged.append(json.loads(body)["files"])
            return {"id": ZONE}
        if path.startswith(f"{project}/deployments"):
            return self._deployment()
        return None

    def deploy(self, form: dict[str, str]) -> None:
        self.form = form
        self.site = {path: self.uploaded[name] for path, name in json.loads(form["manifest"]).items()}

    def _deployment(self) -> dict[str, Any]:
        stage = {"name": "deploy", "status": "success"}
        return {"id": "d1", "url": self.origin, "environment": "production", "aliases": None, "latest_stage": stage}


class _Handler(BaseHTTPRequestHandler):
    server: CloudflareApi

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def log_message(self, format: str, *args: object) -> None:
        """Tests look at `asked`."""

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.asked.append(f"{self.command} {self.path}")
        failure = self.server.take_failure(self.path)
        if failure is not None:
            self._send(failure.status, failure.body, failure.headers)
        elif self.path.startswith("/cdn/"):
            found = self.server.site.get(self.path.removeprefix("/cdn"))
            self._send(404 if found is None else 200, found or b"", {})
        else:
            self._answer(self.path.removeprefix("/client/v4").partition("?")[0], body)

    def _answer(self, path: str, body: bytes) -> None:
        token = UPLOAD_TOKEN if path.startswith("/pages/assets/") else TOKEN
        if self.headers.get("Authorization") != f"Bearer {token}":
            self._send(403, Failure("", 403, 10000, "Authentication error").body, {})
            return
        if self.command == "POST" and path.endswith("/deployments"):
            self.server.deploy(_form(self.headers["Content-Type"], body))
        result = self.server.answer(self.command, path, body)
        if result is None:
            self._send(404, Failure("", 404, 7003, "Could not route to the path").body, {})
            return
        self._send(200, json.dumps({"success": True, "errors": [], "messages": [], "result": result}).encode(), {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _form(kind: str, body: bytes) -> dict[str, str]:
    """The fields of multipart/form-data, files as text."""
    message = email.message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body, policy=email.policy.HTTP)
    fields: dict[str, str] = {}
    for part in message.iter_parts():
        name = re.search(r'name="([^"]*)"', str(part["Content-Disposition"]))
        data = part.get_payload(decode=True)
        assert name is not None
        assert isinstance(data, bytes)
        fields[name[1]] = data.decode("utf-8")
    return fields


@contextmanager
def cloudflare_api() -> Iterator[CloudflareApi]:
    with CloudflareApi() as server, in_a_thread(server):
        yield server
