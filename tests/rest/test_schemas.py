"""Both services under calls that schemathesis makes of their OpenAPI files: none breaks them, each answer fits."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from auth.key_folder import new_folder
from bench.hosting import environment, service
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import free_port

ROOT = Path(__file__).parents[2]
SITE = "https://site.test"
LASTS_S, HANGS_S = 100, 300
LEAST = 500  # calls
# Nobody guesses a seal, a signature or a token, so what schemathesis calls good is refused all the same.
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "unsupported_method",
)  # fmt: skip
# A socket's address is none for HTTP; what the root and the service sign is no JSON (tests/auth/test_keys.py).
LEFT_OUT = r"^/ws$|^/\.well-known/cw-"
COUNT = re.compile(r"(\d+) generated")


@pytest.fixture
def ports(tmp_path: Path, redis_server: RedisServer) -> Iterator[dict[str, int]]:
    found = {"auth": free_port(), "signaling": free_port()}
    new_folder(tmp_path / "keys", f"http://127.0.0.1:{found['auth']}", int(time.time()))
    variables = environment(tmp_path / "keys", redis_server.url, (found["auth"], found["signaling"]))
    with ExitStack() as running:
        for name, port in found.items():
            running.enter_context(service(name, port, variables | {"SIGNALING_SEVEN_TV": "0"}))
        yield found


@pytest.mark.parametrize("name", ["auth", "signaling"])
def test_no_call_breaks_a_service_and_each_answer_is_as_described(
    ports: dict[str, int], tmp_path: Path, name: str
) -> None:
    url = f"http://127.0.0.1:{ports[name]}"
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "run", str(ROOT / name / "openapi.json"), "--url", url,
        "--header", f"Origin: {SITE}", "--checks", ",".join(CHECKS), "--exclude-path-regex", LEFT_OUT,
        "--phases", "coverage,fuzzing,stateful", "--max-examples", "1000", "--max-time", str(LASTS_S),
        "--warnings", "off", "--no-color", "--continue-on-failure", "--generation-database", "none",
    ]  # fmt: skip
    variables = os.environ | {"SCHEMATHESIS_HOOKS": str(ROOT / "tests" / "rest" / "sealed.py")}
    done = subprocess.run(
        command, cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=HANGS_S, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-1000:]
    made = COUNT.search(done.stdout)
    assert made is not None
    assert int(made[1]) >= LEAST
    assert httpx.get(f"{url}/health/live").status_code == 200
