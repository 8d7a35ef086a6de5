"""The root key may lie outside the key folder, where the service's user cannot read it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from auth.__main__ import main
from auth.key_folder import new_folder, rotate
from auth.keys import KeyFolderError, load_keys, read_payload

NOW_S = int(time.time())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere.pem"


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    folder = tmp_path / "keys"
    assert main(["--folder", str(folder), "keys", "new", "--issuer", "https://auth.test", "--root", str(root)]) == 0
    return folder


def test_the_root_is_made_where_it_is_told_to_and_closed_to_others(folder: Path, root: Path) -> None:
    assert root.stat().st_mode & 0o777 == 0o600
    assert not (folder / "root.pem").exists()
    load_keys(folder, NOW_S)


def test_whoever_makes_keys_hears_which_file_to_take_away(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--folder", str(tmp_path / "keys"), "keys", "new", "--issuer", "https://auth.test", "--root", str(root)])
    assert f"Keep {root} offline" in capsys.readouterr().err


def test_it_signs_from_there(folder: Path, root: Path) -> None:
    before = read_payload(folder)["iat"]
    assert main(["--folder", str(folder), "keys", "rotate", "--root", str(root)]) == 0
    assert read_payload(folder)["iat"] > before
    bad = read_payload(folder)["sign"][0]["kid"]
    assert main(["--folder", str(folder), "keys", "revoke", bad, "--root", str(root)]) == 0
    assert read_payload(folder)["revoked"] == [bad]


def test_without_being_told_it_is_looked_for_in_the_folder(folder: Path) -> None:
    with pytest.raises(KeyFolderError, match="bring the offline root key"):
        main(["--folder", str(folder), "keys", "rotate"])


def test_a_root_that_is_there_is_not_written_over(tmp_path: Path, folder: Path, root: Path) -> None:
    before = root.read_bytes()
    with pytest.raises(KeyFolderError, match="is there already"):
        new_folder(tmp_path / "other", "https://auth.test", NOW_S, root)
    assert root.read_bytes() == before
    assert not (tmp_path / "other").exists()


def test_the_root_of_others_signs_nothing(tmp_path: Path, folder: Path) -> None:
    new_folder(tmp_path / "other", "https://auth.test", NOW_S)
    before = read_payload(folder)
    with pytest.raises(KeyFolderError, match="another root key"):
        rotate(folder, NOW_S, tmp_path / "other" / "root.pem")
    assert read_payload(folder) == before


@pytest.mark.parametrize("place", ["offline/rootkey", "file/rootkey"])
def test_a_root_key_without_a_folder_is_refused_and_leaves_nothing(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    root = tmp_path / place
    with pytest.raises(KeyFolderError) as refused:
        new_folder(tmp_path / "keys", "https://auth.test", NOW_S, root)
    assert str(refused.value) == f"{root.parent} is no folder that you can write to: make it first, or name another."
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_root_key_of_another_name_may_lie_in_the_new_folder(tmp_path: Path) -> None:
    new_folder(tmp_path / "keys", "https://auth.test", NOW_S, tmp_path / "keys/other.pem")
    assert (tmp_path / "keys/other.pem").is_file()
