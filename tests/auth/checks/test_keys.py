"""The folder of keys."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from auth.checks import keys
from auth.health import KEYS_SOON_S
from auth.key_folder import DOCUMENT_LIFE_S, new_folder
from tests.auth.checks.findings import marks, only

NOW_S = int(time.time())
URL = "https://auth.example.org"


@pytest.mark.parametrize(("left_s", "mark"), [
    (KEYS_SOON_S + 1, "ok"), (KEYS_SOON_S, "FAIL"), (KEYS_SOON_S - 1, "FAIL"), (-1, "FAIL")
])
def test_the_end_of_the_keys_is_told(left_s: int, mark: str) -> None:
    found = keys.ending(left_s)
    assert found.mark == mark
    assert ("keys rotate" in found.sentence) == (mark == "FAIL")


def test_a_key_folder_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    new_folder(folder, URL, NOW_S)
    assert marks(keys.findings(folder, NOW_S)) == ["ok", "WARN"]
    (folder / "root.pem").unlink()
    assert marks(keys.findings(folder, NOW_S)) == ["ok"]
    assert "keys rotate" in only(keys.findings(folder, NOW_S + DOCUMENT_LIFE_S + 61), "FAIL")
    (folder / "master.key").chmod(0o644)
    assert "chmod 600" in only(keys.findings(folder, NOW_S), "FAIL")


def test_keys_that_nothing_can_be_sealed_to_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_folder(tmp_path / "keys", URL, NOW_S)
    (tmp_path / "keys" / "root.pem").unlink()
    monkeypatch.setattr("auth.keys.Keys.seal_key", lambda *_: None)
    assert "nobody can sign in" in only(keys.findings(tmp_path / "keys", NOW_S), "FAIL")
