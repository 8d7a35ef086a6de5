"""The page of settings says what the services take, and the commands print it for people too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from auth.environment import settings_of
from auth.settings import Settings as AuthSettings
from signaling.limits import Limits
from signaling.settings import Settings as SignalingSettings
from tests.docs.settings_page import PAGE, TABLE, written

ROOT = Path(__file__).parents[2]
KINDS = {"auth": (AuthSettings,), "signaling": (SignalingSettings, Limits)}


def test_the_page_has_the_tables_that_the_commands_print() -> None:
    page = PAGE.read_text("utf-8")
    assert len(TABLE.findall(page)) == 2
    assert written(page) == page, "write it anew: .venv/bin/python -m tests.docs.settings_page"


def test_a_table_that_is_old_is_noticed() -> None:
    page = PAGE.read_text("utf-8")
    assert written(page.replace("| `AUTH_PORT` |", "| `AUTH_PORTS` |")) == page


@pytest.mark.parametrize("service", KINDS)
def test_the_command_prints_every_setting_even_where_the_environment_is_wrong(service: str) -> None:
    environ = {**os.environ, "AUTH_PORT": "x", "SIGNALING_PORTS": "1"}
    said = subprocess.run(
        [sys.executable, "-m", service, "settings"], capture_output=True, text=True, cwd=ROOT, env=environ, check=True
    ).stdout
    paragraphs = [paragraph.split()[0] for paragraph in said.split("\n\n")]
    assert paragraphs == [setting.names[0] for kind in KINDS[service] for setting in settings_of(kind)]
