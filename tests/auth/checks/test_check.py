"""The doctor of the sign-in service: of each fault it says what to do, and of what is well that it is."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auth import check
from auth.__main__ import main
from auth.checks.finding import Finding, is_well, report
from auth.issuers import Issuer, add_issuer
from auth.key_folder import new_folder
from auth.mail.store import FAILING
from auth.settings import Settings, SettingsError
from auth.store.shared import Store
from tests.auth.checks.findings import client
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import free_port
from tests.fakes.smtp import SmtpServer

NOW_S = int(time.time())
URL = "https://auth.example.org"


def test_the_report_is_a_line_for_each() -> None:
    found = [Finding("ok", "Redis", "fine."), Finding("WARN", "mail", "look.")]
    assert report(found) == "ok    Redis: fine.\nWARN  mail: look."
    assert is_well(found)
    assert not is_well([*found, Finding("FAIL", "keys", "mend.")])


def test_an_address_that_is_none_is_refused() -> None:
    assert check.address("You@Example.org") == "You@example.org"
    with pytest.raises(SettingsError, match="like you@"):
        check.address("nobody")


async def test_everything_is_looked_at_in_one_go(
    tmp_path: Path, redis_server: RedisServer, smtp: SmtpServer, opened: Callable[[str], Store]
) -> None:
    new_folder(tmp_path / "keys", f"http://127.0.0.1:{free_port()}", NOW_S)
    settings = Settings(key_folder=tmp_path / "keys", smtp_url=smtp.url, redis_url=redis_server.url)
    await add_issuer(opened(redis_server.url), "https://example.org", Issuer("https://localhost/keys"))
    found = [finding async for finding in check.examine(settings, opened(redis_server.url), "you@example.org")]
    looked = list(dict.fromkeys(finding.what for finding in found))
    assert looked == [
        "settings", "Redis", "keys", "mail", "sites", "logins of sites", "public address", "files", "clock"
    ]  # fmt: skip
    (tmp_path / "keys" / "cw-keys.jws").write_text("x")
    client(redis_server).set(FAILING, 1)
    found = [finding async for finding in check.examine(settings, opened(redis_server.url), None)]
    assert [finding.mark for finding in found if finding.what == "mail"] == ["ok", "WARN", "FAIL"]
    assert [finding.mark for finding in found if finding.what == "public address"] == ["FAIL"]


async def test_proxies_all_over_the_internet_are_looked_at(
    tmp_path: Path, redis_server: RedisServer, opened: Callable[[str], Store]
) -> None:
    settings = Settings(key_folder=tmp_path, redis_url=redis_server.url, trusted_proxies=("104.16.0.0/13",))
    found = [finding async for finding in check.examine(settings, opened(redis_server.url), None)]
    assert [finding.mark for finding in found if finding.what == "proxies"] == ["WARN"]


@pytest.mark.parametrize(("own", "mark", "what"), [(False, "FAIL", "settings"), (True, "WARN", "public address")])
async def test_a_network_of_ones_own_is_a_fault_until_it_is_meant(
    own: bool, mark: str, what: str, tmp_path: Path, redis_server: RedisServer, opened: Callable[[str], Store]
) -> None:
    new_folder(tmp_path / "keys", f"https://auth.test:{free_port()}", NOW_S)
    settings = Settings(key_folder=tmp_path / "keys", redis_url=redis_server.url, own_network=own)
    found = [finding async for finding in check.examine(settings, opened(redis_server.url), None)]
    told = [(one.mark, one.what) for one in found if "network of your own" in one.sentence]
    assert told == [(mark, what)]


def test_the_command_ends_with_1_when_something_is_at_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REDIS_URL", "SMTP_URL", "AUTH_REDIS_URL", "AUTH_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUTH_KEY_FOLDER", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == 1
    printed = capsys.readouterr().out.splitlines()
    assert any(line.startswith("FAIL  keys: ") and "keys new" in line for line in printed)


async def test_keys_that_are_gone_are_told_as_that_alone(tmp_path: Path, opened: Callable[[str | None], Store]) -> None:
    found = [found async for found in check.examine(Settings(key_folder=tmp_path), opened(None), None)]
    assert not any("keys are made for" in finding.sentence for finding in found)
    assert [finding.mark for finding in found if finding.what == "keys"] == ["FAIL"]


def test_the_doctor_takes_an_address() -> None:
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    assert parser.parse_args(["--mail", "a@b.example"]).mail == "a@b.example"


async def test_development_at_a_public_address_is_told(tmp_path: Path, opened: Callable[[str | None], Store]) -> None:
    new_folder(tmp_path / "keys", URL, NOW_S)
    settings = Settings(key_folder=tmp_path / "keys", development=True)
    told = [found.sentence async for found in check.examine(settings, opened(None), None) if found.what == "settings"]
    assert len(told) == 1
    assert told[0].startswith("AUTH_DEVELOPMENT (or CHAT_DEVELOPMENT) is on")
