"""The files for containers fit the project, each other and the services; no engine is needed for that.

What they become in an engine is no test: docs/HOSTING.md says when they last ran in one.
"""

from __future__ import annotations

import re
import secrets
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

import auth.__main__
import auth.production
import auth.settings
import signaling.__main__
import signaling.production
import signaling.serve
import signaling.settings
from auth.checks import redis
from auth.store.opening import open_store
from tests.browser.turn_server import wait_until_it_listens
from tests.fakes.redis_server import PATIENT
from tests.fakes.serving import free_port
from tests.hosting.page import ROOT, blocks

FOLDER = ROOT / "examples" / "hosting" / "containers"
DOCKERFILES = ("Dockerfile", "Dockerfile.redis")
STARTS_WITHIN_S = 60.0
SERVICES: dict[str, Any] = {"auth": auth, "signaling": signaling}
COMMANDS = "\n".join(block.commands for block in blocks() if block.where == "containers")
# What the commands of the page make before the containers are begun.
MADE = {FOLDER / "site": "mkdir -p site", ROOT / "cdn_dist": "make build-cdn"}


def instructions(name: str) -> list[tuple[str, str]]:
    """Of a Dockerfile: each with its words, continued lines joined, without comments."""
    lines = [line for line in (FOLDER / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    found = [line.partition(" ") for line in joined.splitlines() if line.strip() != ""]
    return [(word, rest.strip()) for word, _, rest in found]


def said(name: str, instruction: str) -> list[str]:
    return [rest for word, rest in instructions(name) if word == instruction]


def words(text: str) -> list[str]:
    """Of ENTRYPOINT and CMD in the form that starts no shell, which would keep signals from the service."""
    found = yaml.safe_load(text)
    assert isinstance(found, list), text
    return [str(word) for word in found]


def environment() -> dict[str, str]:
    """What a service is given: `chat.env` over the image, with what the page writes into it.

    git has its sample alone: who follows the page writes a password and a secret into the file.
    """
    image = dict(pair.split("=", 1) for line in said("Dockerfile", "ENV") for pair in shlex.split(line))
    assert "install -m 600 chat.env.example chat.env\n" in COMMANDS
    lines = [line for line in (FOLDER / "chat.env.example").read_text("utf-8").splitlines() if line[:1] != "#"]
    given = dict(line.split("=", 1) for line in lines)
    written = re.findall(r"\^(\w+)=\.\*#", COMMANDS)
    assert set(written) == {"SERVICE_KEY", "SIGNALING_SECRET"} <= given.keys()
    return image | given | {"SIGNALING_SECRET": secrets.token_hex(32), "SERVICE_KEY": "cwk1." + "A" * 131}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", DOCKERFILES)
def test_a_dockerfile_copies_what_is_there_and_begins_with_the_same_debian(name: str) -> None:
    known = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "VOLUME", "ENTRYPOINT", "CMD"}
    assert {word for word, _ in instructions(name)} <= known
    copied = [shlex.split(rest) for rest in said(name, "COPY")]
    assert [each[0] for each in copied if not each[0].startswith("--") and not (ROOT / each[0]).exists()] == []
    stages = [rest.partition(" AS ") for rest in said(name, "FROM")]
    named = {stage for _, _, stage in stages if stage != ""}
    assert {base for base, _, _ in stages if base not in named} == {"debian:13-slim"}
    assert {each[0].removeprefix("--from=") for each in copied if each[0].startswith("--")} <= named


@pytest.mark.parametrize("name", DOCKERFILES)
def test_what_a_dockerfile_runs_is_shell(name: str) -> None:
    lines = said(name, "RUN")
    assert len(lines) > 0
    for line in lines:
        assert subprocess.run(["sh", "-n", "-c", line], capture_output=True, text=True).stderr == ""


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[int]:
    """The port of the containers' Redis, without its container."""
    command = words(said("Dockerfile.redis", "CMD")[0])
    (kept,) = said("Dockerfile.redis", "VOLUME")
    command[command.index(kept)] = str(tmp_path)
    port = free_port()
    with subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL) as process:
        try:
            wait_until_it_listens(port, STARTS_WITHIN_S)
            yield port
        finally:
            process.kill()


async def test_the_doctor_finds_no_fault_with_the_redis_of_the_containers(own_redis: int) -> None:
    store = open_store(f"redis://127.0.0.1:{own_redis}", rules=PATIENT)
    found = await redis.findings(store, 10_000)
    await store.close()
    assert [finding.sentence for finding in found if finding.mark == "FAIL"] == []
    assert [finding.mark for finding in found].count("ok") == 6


def test_the_image_has_the_packages_of_the_services_and_runs_as_nobody_who_may_much() -> None:
    copied = {shlex.split(rest)[0] for rest in said("Dockerfile", "COPY")}
    assert {"auth", "signaling", "widget", "LICENSE", "requirements-services.lock"} <= copied
    assert "--require-hashes -r requirements-services.lock" in " ".join(said("Dockerfile", "RUN"))
    assert said("Dockerfile", "USER") == ["chat"]
    assert said("Dockerfile.redis", "USER") == ["redis"]
    after = [word for word, _ in instructions("Dockerfile")]
    assert "RUN" not in after[after.index("USER") :]
    (volumes,) = said("Dockerfile", "VOLUME")
    assert [environment()[name] for name in ("AUTH_KEY_FOLDER", "SIGNALING_EMOTE_SHELF")] == volumes.split()
    assert volumes in " ".join(said("Dockerfile", "RUN"))  # the folders are the user's before they are volumes


def test_each_container_is_told_a_command_that_there_is(compose: dict[str, Any]) -> None:
    entry = words(said("Dockerfile", "ENTRYPOINT")[0])
    (places,) = said("Dockerfile", "WORKDIR")[-1:]
    assert entry == [f"{places}/.venv/bin/python", "-m"]
    commands = [compose["services"][name]["command"] for name in SERVICES]
    for module, command in [words(said("Dockerfile", "CMD")[0]), *commands]:
        assert command in SERVICES[module].__main__.COMMANDS
    assert [module for module, _ in commands] == list(SERVICES)
    (redis,) = said("Dockerfile.redis", "CMD")
    assert words(redis)[0] == "redis-server"
    (kept,) = said("Dockerfile.redis", "VOLUME")
    assert words(redis)[1:3] == ["--dir", kept]
    assert compose["services"]["redis"]["volumes"] == [f"redis:{kept}"]


def test_what_compose_builds_and_mounts_is_there(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        build = service.get("build")
        if build is None:
            assert service["image"] == "caddy:2", name
            continue
        context = (FOLDER / build["context"]).resolve()
        assert (context / build["dockerfile"]).is_file(), name
        assert context == (ROOT if name in SERVICES else FOLDER), name
    services = compose["services"].values()
    mounted = [volume.split(":")[0] for service in services for volume in service.get("volumes", ())]
    paths = [(FOLDER / source).resolve() for source in mounted if source.startswith(".")]
    assert [path for path in paths if not path.exists() and path not in MADE] == []
    page = (ROOT / "docs" / "HOSTING.md").read_text("utf-8")
    assert [command for path, command in MADE.items() if path in paths and command not in page] == []
    assert {source for source in mounted if not source.startswith(".")} <= compose["volumes"].keys()
    kept = compose["volumes"]["keys"]
    assert kept == {"name": "chat_keys", "external": True}
    assert f"docker volume create {kept['name']}" in COMMANDS


def test_caddy_and_the_services_find_each_other(compose: dict[str, Any]) -> None:
    given = environment()
    caddy = (FOLDER / "Caddyfile").read_text("utf-8")
    found = {name: int(port) for name, port in re.findall(r"reverse_proxy (\w+):(\d+) ", caddy)}
    assert found == {"auth": auth.settings.Settings().port, "signaling": signaling.settings.Settings().port}
    assert given["AUTH_URL"] == f"http://auth:{found['auth']}"
    assert given["REDIS_URL"].startswith("redis://redis:")
    proxy = compose["services"]["caddy"]["networks"]["inside"]["ipv4_address"]
    assert given["TRUSTED_PROXIES"] == proxy
    served = {volume.split(":")[1] for volume in compose["services"]["caddy"]["volumes"]}
    assert set(re.findall(r"root \* (\S+)", caddy)) <= served
    for name, service in compose["services"].items():
        assert "inside" in service["networks"], name
        assert set(service.get("depends_on", ())) <= compose["services"].keys(), name


def test_only_caddy_is_reached_from_outside_and_only_who_must_gets_out(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert {name: service["ports"] for name, service in services.items() if "ports" in service} == {
        "caddy": ["80:80", "443:443"]
    }
    assert compose["networks"]["inside"]["internal"] is True
    assert {name for name, service in services.items() if "outside" in service["networks"]} == {*SERVICES, "caddy"}
    for name in SERVICES:
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["security_opt"] == ["no-new-privileges:true"]
    mounts = {name: services[name].get("volumes", []) for name in SERVICES}
    places = environment()
    assert mounts == {
        "auth": [f"keys:{places['AUTH_KEY_FOLDER']}"], "signaling": [f"emotes:{places['SIGNALING_EMOTE_SHELF']}"],
    }  # fmt: skip


def test_the_services_start_with_the_settings_of_the_containers(compose: dict[str, Any]) -> None:
    given = environment()
    assert auth.production.unsafe(auth.settings.settings_from(given)) == [auth.production.NO_LOGIN]
    settings = signaling.settings.settings_from(given)
    assert signaling.production.unsafe(settings) == []
    assert (settings.host, settings.workers) == ("0.0.0.0", 1)
    service = compose["services"]["signaling"]
    assert service["ulimits"]["nofile"] >= signaling.serve.files_wanted(settings)
    options = signaling.serve.server_options(settings)
    assert int(service["stop_grace_period"].removesuffix("s")) > options["timeout_graceful_shutdown"]
