"""The commands that a server has: `chat` hands the right surroundings to systemd, `mail-account` takes any password."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import auth.settings
from auth.mail.mailers import SmtpMailer
from tests.hosting.page import ROOT, commands_of

FILES = ROOT / "examples" / "hosting"
PASSWORDS = [
    "secret", "p&ss#w/rd@home:1", "100% 'quoted' \"twice\" $HOME `id` \\n \\", "pässwörd≠", "%40", " a ", "?;=|<>",
]  # fmt: skip
# What a process has of its own, what tells when it is begun and ended, and what forbids to ask about the clock.
NOT_SHARED = re.compile(r"^(?:Exec|Restart|Timeout|Environment=|SystemCallFilter|ProtectClock)")
SYSTEMCTL = """#!/bin/sh
# `systemctl cat` of a template, as systemd says it: the file, then what stands beside it.
[ "$1" = cat ]
echo "# /etc/systemd/system/$2"
cat "{units}/$2"
echo; echo '# a drop-in'; echo '[Service]'; echo 'LimitNOFILE=1234'
"""
SYSTEMD_RUN = """#!/bin/sh
printf '%s\\n' "$@" >>"{said}"
case " $* " in *" auth check "*) exit 3 ;; esac
"""


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What systemd-run is told, a word a line. In place of systemd's programs and of root."""
    said = tmp_path / "said"
    programs = {
        "systemctl": SYSTEMCTL.format(units=FILES / "systemd"), "systemd-run": SYSTEMD_RUN.format(said=said),
        "id": "#!/bin/sh\necho 0\n",
    }  # fmt: skip
    for name, text in programs.items():
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return said


def chat(*words: str) -> int:
    text = (FILES / "chat").read_text("utf-8").replace("cd /opt/chat/current", f"cd {ROOT}")
    return subprocess.run(["sh", "-c", text.replace('"$0"', "again"), "chat", *words]).returncode


def properties(said: Path) -> list[str]:
    return re.findall(r"^--property=(.*)$", said.read_text("utf-8"), re.M)


@pytest.mark.parametrize("service", ["auth", "signaling"])
def test_the_doctor_is_confined_and_limited_as_the_service(service: str, said: Path) -> None:
    chat(service, "check")
    unit = (FILES / "systemd" / f"chat-{service}@.service").read_text("utf-8")
    (body,) = re.findall(r"^\[Service\]\n(.*?)^\[", unit, re.M | re.S)
    shared = [line for line in body.splitlines() if re.match("[A-Z]", line) and not NOT_SHARED.match(line)]
    assert len(shared) > 20
    assert {"ProtectSystem=strict", "LimitNOFILE=65536", "User=chat"} <= set(shared)
    told = properties(said)
    # The order counts: a drop-in is read last.
    assert [line for line in told if line in shared] == shared
    assert told[-1] == "LimitNOFILE=1234"
    assert set(told) - set(shared) == {"LimitNOFILE=1234", "Environment=PYTHONDONTWRITEBYTECODE=1"}


def test_other_commands_see_the_files_that_root_names(said: Path) -> None:
    assert chat("signaling", "emotes", "add", "https://example.org", "wave", "/tmp/a b.gif") == 0
    assert {line.split("=")[0] for line in properties(said)} == {
        "User", "Group", "WorkingDirectory", "Environment", "EnvironmentFile", "LimitNOFILE",
    }  # fmt: skip
    words = ["-m", "signaling", "emotes", "add", "https://example.org", "wave", "/tmp/a b.gif"]
    assert said.read_text("utf-8").splitlines()[-len(words) :] == words


def test_the_doctor_of_signaling_looks_also_when_that_of_sign_in_has_found_a_fault(said: Path) -> None:
    script = said.with_name("chat")
    script.write_text((FILES / "chat").read_text("utf-8").replace("cd /opt/chat/current", f"cd {ROOT}"), "utf-8")
    script.chmod(0o755)
    unit = (FILES / "systemd" / "chat-check.service").read_text("utf-8")
    commands = re.findall(r"^ExecStart=/usr/local/bin/chat (.*)$", unit, re.M)
    # As systemd does with Type=oneshot: one after the other, and none after the first that fails.
    statuses = []
    for command in commands:
        statuses.append(subprocess.run([script, *command.split()]).returncode)
        if statuses[-1] != 0:
            break
    asked = re.findall(r"^-m\n(\w+)\ncheck$", said.read_text("utf-8"), re.M)
    assert asked == ["auth", "signaling"]
    assert statuses[-1] != 0


def account(file: Path, password: str, *, place: str = "smtp://mail.example.org:587", user: str = "a@b.org") -> str:
    """What it says where it refuses, else ""."""
    command = [sys.executable, str(FILES / "mail-account"), place, user, str(file)]
    done = subprocess.run(command, input=f"{password}\n", capture_output=True, text=True)
    assert password == "" or password not in done.stdout + done.stderr
    return done.stderr if done.returncode != 0 else ""


def settings_in(file: Path) -> dict[str, str]:
    pairs = [line.split("=", 1) for line in file.read_text("utf-8").splitlines() if re.match("[A-Z]", line)]
    return {name: value.strip('"') for name, value in pairs}


@pytest.fixture
def env(tmp_path: Path) -> Path:
    file = tmp_path / "auth.env"
    file.write_bytes((FILES / "settings" / "auth.env").read_bytes())
    file.chmod(0o600)
    return file


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_mail_account_may_have_any_password(password: str, env: Path) -> None:
    before = settings_in(env)
    assert account(env, password) == ""
    url = auth.settings.settings_from(settings_in(env)).smtp_url
    assert url is not None
    # Nothing of it means anything to a shell, to systemd or to Compose.
    assert re.fullmatch(r"smtp://[\w.~%-]+:[\w.~%-]+@mail\.example\.org:587", url, re.ASCII)
    way = SmtpMailer(url, "a@b.org", 1.0)._way()
    assert (way["username"], way["password"]) == ("a@b.org", password)
    assert settings_in(env) | {"SMTP_URL": ""} == before | {"SMTP_URL": ""}
    assert env.stat().st_mode & 0o777 == 0o600


def test_a_mail_account_is_added_where_none_was(env: Path) -> None:
    env.write_text("AUTH_LOG=json", "utf-8")
    assert account(env, "x", place="smtps://mail.example.org") == ""
    assert env.read_text("utf-8") == "AUTH_LOG=json\nSMTP_URL=smtps://a%40b.org:x@mail.example.org\n"


@pytest.mark.parametrize("place", ["mail.example.org", "http://mail.example.org", "smtp://u:p@h.org", "smtp://h:x"])
def test_what_is_no_mail_server_is_refused_and_nothing_is_written(place: str, env: Path) -> None:
    before = env.read_bytes()
    assert "smtp://mail.example.org:587" in account(env, "secret", place=place)
    assert "password" in account(env, "")
    assert env.read_bytes() == before


def test_the_page_shows_a_password_that_needs_it() -> None:
    (settings,) = [block for block in commands_of("Settings") if "mail-account" in block]
    assert set("&#/'$%") <= set(settings.splitlines()[1])
