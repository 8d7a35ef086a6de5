"""All that a build or a test installs is pinned by hash, and what is installed is what is pinned."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from build.brython import brython_version
from build.esbuild import run_esbuild
from build.node import OLDEST_MAJOR, find_node

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = (
    "requirements.lock", "requirements-demo.lock", "requirements-node.lock", "requirements-fuzz.lock",
    "requirements-bench.lock",
)  # fmt: skip
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
EXACT = re.compile(r"\d+\.\d+\.\d+(-[\w.]+)?")


def committed(pattern: str) -> list[str]:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", pattern], capture_output=True, text=True, check=True)
    return listed.stdout.split()


NODE_LOCKS = committed("*package-lock.json")


def requirements(lock: str) -> dict[str, list[str]]:
    """Lines of a lock by the requirement that they begin with: {"brython==3.15.0": ["--hash=sha256:..."]}."""
    entries = (ROOT / lock).read_text("utf-8").replace("\\\n", " ").splitlines()
    return {entry.split()[0]: HASH.findall(entry) for entry in entries if entry.strip() != ""}


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_python_package_is_pinned_by_hash(lock: str) -> None:
    found = requirements(lock)
    assert len(found) > 0
    for requirement, hashes in found.items():
        assert re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==\S+", requirement), requirement
        assert len(hashes) > 0, requirement


def test_the_lock_of_the_demo_is_a_part_of_the_whole() -> None:
    """`make test` after `make demo` adds packages and replaces none."""
    demo, whole = requirements("requirements-demo.lock"), requirements("requirements.lock")
    assert {name: whole.get(name) for name in demo} == demo
    heavy = {"av", "mypy", "playwright", "ruff"}  # nine tenths of what the tests install
    assert heavy <= {name.partition("==")[0] for name in whole}
    assert heavy & {name.partition("==")[0] for name in demo} == set()


@pytest.mark.parametrize("lock", NODE_LOCKS)
def test_every_node_package_is_pinned_by_hash(lock: str) -> None:
    packages = json.loads((ROOT / lock).read_text("utf-8"))["packages"]
    outside = {name: entry for name, entry in packages.items() if name != "" and not entry.get("link", False)}
    assert len(outside) > 0
    for name, entry in outside.items():
        assert entry["integrity"].startswith("sha512-"), name


@pytest.mark.parametrize("lock", [*PYTHON_LOCKS, *NODE_LOCKS])
def test_no_lock_names_a_registry(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert '"resolved"' not in text
    assert "--index-url" not in text


@pytest.mark.parametrize("lock", NODE_LOCKS)
def test_what_a_package_file_asks_for_is_one_version(lock: str) -> None:
    wanted = json.loads((ROOT / lock).with_name("package.json").read_text("utf-8"))
    asked = {**wanted.get("dependencies", {}), **wanted.get("devDependencies", {})}
    locked = json.loads((ROOT / lock).read_text("utf-8"))["packages"]
    assert len(asked) > 0
    for name, version in asked.items():
        assert EXACT.fullmatch(version), f"{name} {version}"
        assert locked[f"node_modules/{name}"]["version"] == version


def test_the_linker_that_runs_is_the_one_that_is_pinned() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]["esbuild"]
    assert run_esbuild(["--version"]).strip() == wanted


def test_the_minifier_that_runs_is_the_one_that_is_pinned() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]["@swc/core"]
    asked = [find_node(), "-p", "require('@swc/core').version"]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == wanted


def test_the_brython_that_parses_is_the_one_that_is_pinned() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["build"]
    assert f"brython=={brython_version()}" in asked
    assert f"brython=={brython_version()}" in requirements("requirements.lock")


def test_installing_checks_the_hashes() -> None:
    """npm ci takes only what the lock says; pip is told to."""
    scripts = {name: (ROOT / name).read_text("utf-8") for name in committed(".ci/*")}
    installing = [line for text in scripts.values() for line in text.splitlines() if "pip install" in line]
    assert len(installing) > 0
    for line in installing:
        checked = re.search(r'--require-hashes -r (requirements-node\.lock|"\$lock")$', line) is not None
        assert checked or line.endswith("; uv=.venv/bin/uv; fi"), line
    lines = [line for text in scripts.values() for line in text.splitlines()]
    node = [line for line in lines if re.search(r"npm\S* (ci|install)\b", line)]
    assert len(node) > 0
    for line in node:
        assert re.search(r"npm\S* ci --ignore-scripts\b", line), line


def test_workflows_take_actions_by_commit() -> None:
    """A tag of somebody else's repository can be moved."""
    texts = [(ROOT / name).read_text("utf-8") for name in committed(".github/workflows/*")]
    used = re.findall(r"uses: (\S+)", "\n".join(texts))
    assert len(used) > 0
    for action in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action


def test_the_workflow_tries_the_oldest_python_and_node_that_are_promised_and_no_node() -> None:
    text = (ROOT / ".github/workflows/test.yml").read_text("utf-8")
    tried = re.findall(r"\{ python: '([\d.]+)', node: '?(\w+)'? \}", text)
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert (asked.removeprefix(">="), str(OLDEST_MAJOR)) == tried[0]
    assert [node for _, node in tried].count("none") == 1


def test_the_deployment_checks_tests_builds_and_only_then_sees_the_secrets() -> None:
    text = (ROOT / ".github/workflows/deploy-chat-widget-cdn.yml").read_text("utf-8")
    ran = re.findall(r"run: (make [\w-]+)", text)
    assert ran == ["make check", "make test", "make build-cdn", "make deploy-cdn"]
    assert text.index("needs: test") < text.index("make build-cdn") < text.index("secrets.") < text.index("make deploy")
    verbs = (ROOT / "Makefile").read_text("utf-8")
    for verb in ran:
        assert f"\n{verb.removeprefix('make ')}:" in verbs
