"""The owner's command: what each word does, what is left out, and how the server is started."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from auth.__main__ import main
from auth.deadline import DeadlineProtocol
from auth.key_folder import new_folder
from auth.keys import DOCUMENT, KeyFolderError, load_keys, read_payload
from auth.mail.mailers import Mailbox, SmtpMailer
from auth.metrics_folder import SHARED
from auth.serve import FACTORY, GRACE_S, app_from_environment, mailer_for, serve
from auth.settings import Settings, SettingsError
from tests.auth.test_production import production
from tests.fakes.redis_server import PATIENT, RedisServer
from tests.fakes.serving import free_port

NOW_S = int(time.time())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key folder named by the environment."""
    new_folder(tmp_path / "keys", "https://auth.test", NOW_S)
    monkeypatch.setenv("AUTH_KEY_FOLDER", str(tmp_path / "keys"))
    return tmp_path / "keys"


@pytest.mark.parametrize("words", [
    [],
    ["keys"],
    ["keys", "new"],
    ["keys", "revoke"],
    ["origins"],
    ["origins", "allow"],
    ["origins", "remove"],
    ["serve", "--workers", "two"],
    ["other"],
])
def test_half_a_command_is_refused(folder: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_the_folder_of_the_environment_is_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "service-key"]) == 0
    assert capsys.readouterr().out.startswith("cwk1.")


def test_whoever_makes_keys_hears_where_the_root_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--folder", str(tmp_path / "k"), "keys", "new", "--issuer", "https://auth.test"])
    assert str(tmp_path / "k" / "root.pem") in capsys.readouterr().err
    assert (tmp_path / "k" / "root.pem").exists()


def test_keys_show_says_which_are_usable(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usable = sorted(load_keys(folder, NOW_S).key_set.keys)
    main(["keys", "show"])
    printed = capsys.readouterr().out
    assert json.loads(printed)["usable"] == usable
    assert '\n  "iss"' in printed
    main(["keys", "revoke", usable[0]])
    main(["keys", "show"])
    assert usable[0] not in json.loads(capsys.readouterr().out)["usable"]


def test_keys_rotate_signs_a_fresh_document(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auth.__main__.time.time", lambda: NOW_S + 86_400.5)
    before = read_payload(folder)["iat"]
    main(["keys", "rotate"])
    assert read_payload(folder)["iat"] == before + 86_400


def test_keys_pepper_adds_one(folder: Path) -> None:
    main(["keys", "pepper"])
    assert (folder / "pepper-2.key").exists()


def test_a_revoked_private_key_is_erased(folder: Path) -> None:
    kid = read_payload(folder)["sign"][0]["kid"]
    assert (folder / f"sign-{kid}.pem").exists()
    main(["keys", "revoke", kid])
    assert not (folder / f"sign-{kid}.pem").exists()


def test_a_private_key_that_is_erased_already_can_be_revoked(folder: Path) -> None:
    kid = read_payload(folder)["sign"][0]["kid"]
    (folder / f"sign-{kid}.pem").unlink()
    main(["keys", "revoke", kid])
    assert kid in read_payload(folder)["revoked"]


@pytest.mark.parametrize("issuer", [
    "auth.example.org", "wss://auth.example.org", "https://Auth.example.org", "https://auth.example.org:443",
    "https://auth.example.org/otp/request",
])  # fmt: skip
def test_an_address_that_cannot_be_is_in_no_keys(issuer: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"^--issuer is '{issuer}': (write|leave out)"):
        main(["--folder", str(tmp_path / "k"), "keys", "new", "--issuer", issuer])
    assert not (tmp_path / "k").exists()


def test_a_slash_at_the_end_of_the_address_is_left_out(tmp_path: Path) -> None:
    main(["--folder", str(tmp_path / "k"), "keys", "new", "--issuer", "https://auth.example.org/"])
    assert read_payload(tmp_path / "k")["iss"] == "https://auth.example.org"


class Served:
    """Notes what the server was started with."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app: object = None
        self.options: dict[str, Any] = {}
        monkeypatch.setattr("auth.serve.uvicorn.run", self.run)

    def run(self, app: object, **options: Any) -> None:
        self.app, self.options = app, options


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    monkeypatch.setenv(SHARED, "")  # else every later test of this process has it
    return Served(monkeypatch)


ANYWHERE: dict[str, Any] = {"port": 0, "store_timeout_ms": PATIENT.timeout_ms, "store_wait_ms": PATIENT.wait_ms}


def ready(folder: Path, redis: RedisServer, **changes: Any) -> Settings:
    """What production needs."""
    return Settings(
        key_folder=folder, redis_url=redis.url, smtp_url="smtp://m", mail_from="Chat <chat@example.org>",
        trusted_proxies=("127.0.0.1",), origins=("https://site.test",), own_network=True, **{**ANYWHERE, **changes}
    )  # fmt: skip


def test_the_server_is_started_with_these_and_no_other_options(
    folder: Path, served: Served, redis_server: RedisServer
) -> None:
    port = free_port()
    serve(ready(folder, redis_server, host="127.0.0.2", port=port, concurrency=7, keep_alive_s=3), 4)
    assert served.app == FACTORY
    assert served.options == {
        "factory": True,
        "host": "127.0.0.2",
        "port": port,
        "workers": 4,
        "ws": "none",
        "http": DeadlineProtocol,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "limit_concurrency": 14,
        "timeout_keep_alive": 3,
        "timeout_graceful_shutdown": GRACE_S,
        "h11_max_incomplete_event_size": 16384,
    }


def test_the_command_serves(
    folder: Path, served: Served, monkeypatch: pytest.MonkeyPatch, redis_server: RedisServer
) -> None:
    for name, value in production(redis_server).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CHAT_OWN_NETWORK", "1")
    assert main(["serve"]) == 0
    assert served.options["workers"] == 1
    main(["serve", "--workers", "3"])
    assert served.options["workers"] == 3


@pytest.mark.parametrize(("workers", "good"), [(1, True), (2, False)])
def test_without_redis_there_is_one_worker_and_it_says_so(
    folder: Path, served: Served, capsys: pytest.CaptureFixture[str], workers: int, good: bool
) -> None:
    settings = Settings(key_folder=folder, development=True, port=0)
    if not good:
        with pytest.raises(SettingsError, match="AUTH_REDIS_URL"):
            serve(settings, workers)
        assert served.app is None
        return
    serve(settings, workers)
    assert "no Redis" in capsys.readouterr().err


def test_with_redis_nothing_is_said(
    folder: Path, served: Served, capsys: pytest.CaptureFixture[str], redis_server: RedisServer
) -> None:
    serve(ready(folder, redis_server), 2)
    assert capsys.readouterr().err == ""


def test_what_it_needs_is_looked_at_before_the_server_starts(
    tmp_path: Path, served: Served, redis_server: RedisServer
) -> None:
    with pytest.raises(SettingsError, match="AUTH_SMTP_URL"):
        serve(Settings(key_folder=tmp_path, redis_url="redis://r"), 1)
    with pytest.raises(KeyFolderError, match="keys new"):
        serve(ready(tmp_path, redis_server), 1)
    assert served.app is None


def test_only_in_development_keys_are_made_and_only_once(tmp_path: Path, served: Served) -> None:
    settings = Settings(key_folder=tmp_path / "k", development=True, port=(port := free_port()))
    serve(settings, 1)
    first = (tmp_path / "k" / DOCUMENT).read_text()
    assert read_payload(tmp_path / "k")["iss"] == f"http://127.0.0.1:{port}"
    serve(settings, 1)
    assert (tmp_path / "k" / DOCUMENT).read_text() == first


def test_mail_leaves_by_smtp_or_in_development_into_a_printed_mailbox() -> None:
    assert isinstance(mailer_for(Settings(smtp_url="smtp://m", development=True)), SmtpMailer)
    assert isinstance(mailer_for(Settings(development=True)), Mailbox)


def test_workers_serve_the_folder_that_the_command_names(
    folder: Path, tmp_path: Path, served: Served, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in production(redis_server).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AUTH_PORT", "0")
    main(["--folder", str(tmp_path / "k"), "keys", "new", "--issuer", "https://other.example.org"])
    main(["--folder", str(tmp_path / "k"), "serve"])
    assert served.app == FACTORY
    assert app_from_environment().state.service.keys().issuer == "https://other.example.org"


async def test_a_worker_makes_its_service_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch, redis_server: RedisServer
) -> None:
    for name, value in production(redis_server).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AUTH_CODE_TRIES", "3")
    service = app_from_environment().state.service
    assert service.settings.code_tries == 3
    assert not service.store.embedded
    await service.store.ping()
    await service.store.close()
