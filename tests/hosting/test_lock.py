"""What is installed on a server is what the services import, and nothing that only tests and builds need."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.M)
NOT_ON_A_SERVER = {
    "aiortc", "aiosmtpd", "brotli", "brython", "deflate", "fakeredis", "lupa", "mypy", "playwright", "pytest", "ruff",
}  # fmt: skip
OURS = {"auth", "signaling", "widget"}
ONLY_IN_A_DEMO = "fakeredis"  # asked for only where there is no Redis, and its absence is told


def pins(name: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / name).read_text("utf-8")))


def imported() -> Iterator[str]:
    """The first name of every module that the services import."""
    folders = ("auth", "signaling", "widget/wire")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    for node in [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module is not None:
            yield node.module.partition(".")[0]


def test_the_servers_lock_is_a_part_of_the_one_that_is_tested() -> None:
    services, tested = pins("requirements-services.lock"), pins("requirements.lock")
    assert len(services) > 10
    assert {name: pin for name, pin in services.items() if tested.get(name) != pin} == {}


def test_nothing_of_tests_and_builds_is_on_a_server() -> None:
    assert pins("requirements.lock").keys() >= NOT_ON_A_SERVER
    assert pins("requirements-services.lock").keys() & NOT_ON_A_SERVER == set()


def test_all_that_the_project_says_services_need_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["services"]
    names = {re.split(r"[^a-z0-9-]", line)[0] for line in wanted}
    assert names - pins("requirements-services.lock").keys() == set()


def test_all_that_the_services_import_is_locked() -> None:
    known = packages_distributions()
    foreign = set(imported()) - OURS - set(sys.stdlib_module_names) - {"__future__", ONLY_IN_A_DEMO}
    assert {"redis", "starlette", "uvicorn"} <= foreign
    locked = pins("requirements-services.lock").keys()
    missing = [name for name in foreign if not any(dist.lower().replace("_", "-") in locked for dist in known[name])]
    assert missing == []
