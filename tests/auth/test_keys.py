"""The key folder: made, rotated, revoked, closed to others; and the owner's command over it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from auth.__main__ import main
from auth.key_folder import (
    DOCUMENT_LIFE_S,
    SEAL_LIFE_S,
    SEAL_OVERLAP_S,
    SIGNING_LIFE_S,
    new_folder,
    new_pepper,
    revoke,
    rotate,
)
from auth.keys import KeyBook, KeyFolderError, load_keys, read_payload, service_key
from auth.origins import is_origin
from tests.auth.world import World
from tests.fakes.moment import START_S
from widget.crypto.service_key import parse_service_key

DAY_S = 86400


def test_private_files_are_closed_to_others(folder: Path) -> None:
    private = [path for path in folder.iterdir() if path.suffix in (".pem", ".key")]
    assert len(private) == 6
    assert {path.stat().st_mode & 0o777 for path in private} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["master.key", "pepper-1.key"])
def test_a_file_open_to_others_is_refused(folder: Path, name: str) -> None:
    (folder / name).chmod(0o640)
    with pytest.raises(KeyFolderError, match="chmod 600"):
        load_keys(folder, START_S)


def test_the_service_key_pins_root_and_seal_key(folder: Path) -> None:
    pinned = parse_service_key(service_key(folder))
    payload = read_payload(folder)
    assert pinned.seal_public.hex() == payload["seal"][0]["key"]
    assert pinned.root_sha256 == hashlib.sha256(bytes.fromhex(payload["root"])).digest()


def test_keys_show_nothing_in_their_repr(folder: Path) -> None:
    shown = repr(load_keys(folder, START_S))
    assert "private" not in shown
    assert (folder / "master.key").read_text() not in shown


def test_a_folder_is_not_overwritten(folder: Path) -> None:
    before = service_key(folder)
    with pytest.raises(KeyFolderError, match="holds keys already"):
        new_folder(folder, "https://auth.test", START_S)
    assert service_key(folder) == before


@pytest.mark.parametrize("gone", ["root.pem", "cw-keys.jws"])
def test_a_folder_is_not_overwritten_either_when_half_of_it_is_elsewhere(folder: Path, gone: str) -> None:
    """The root is to be kept offline, so a folder without it is the usual one."""
    (folder / gone).unlink()
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(KeyFolderError, match="holds keys already"):
        new_folder(folder, "https://auth.test", START_S)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_folder_that_is_there_is_closed_to_others_and_one_far_away_is_made(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    for folder in (tmp_path / "open", tmp_path / "far" / "away"):
        new_folder(folder, "https://auth.test", START_S)
        assert folder.stat().st_mode & 0o777 == 0o700


def test_without_the_root_nothing_is_signed_and_it_is_told_what_to_bring(folder: Path) -> None:
    (folder / "root.pem").unlink()
    kid = read_payload(folder)["sign"][0]["kid"]
    with pytest.raises(KeyFolderError, match="bring the offline root key"):
        rotate(folder, START_S)
    with pytest.raises(KeyFolderError, match="bring the offline root key"):
        revoke(folder, kid, START_S)


def test_a_service_runs_without_the_root(folder: Path) -> None:
    (folder / "root.pem").unlink()
    keys = load_keys(folder, START_S)
    assert keys.signing_key(START_S).kid in keys.key_set.keys
    with pytest.raises(KeyFolderError, match=r"root\.pem"):
        rotate(folder, START_S)


def test_current_and_next_key_are_published(folder: Path) -> None:
    keys = load_keys(folder, START_S)
    assert len(keys.key_set.keys) == 2
    first = keys.signing_key(START_S)
    assert keys.signing_key(START_S + SIGNING_LIFE_S - 1) == first
    assert keys.signing_key(START_S + SIGNING_LIFE_S) != first


def test_monthly_rotation_never_leaves_a_gap(folder: Path) -> None:
    now_s, seen = START_S, set()
    for _ in range(24):
        keys = load_keys(folder, now_s)
        for later_s in range(0, 28 * DAY_S, 3 * DAY_S):
            key = keys.key_set.keys[keys.signing_key(now_s + later_s).kid]
            assert key.nbf <= now_s + later_s < key.exp - 3600 - DAY_S
            seen.add(key.kid)
        assert keys.seal_key(parse_kid(folder), now_s) is not None
        now_s += 28 * DAY_S
        rotate(folder, now_s)
        assert len(list(folder.glob("sign-*.pem"))) <= 4
        assert len(list(folder.glob("seal-*.pem"))) <= 3
    assert len(seen) >= 22


def parse_kid(folder: Path) -> str:
    return hashlib.sha256(parse_service_key(service_key(folder)).seal_public).hexdigest()[:16]


@pytest.mark.parametrize(("later_s", "good"), [(DOCUMENT_LIFE_S - 1, True), (DOCUMENT_LIFE_S + 60, False)])
def test_a_document_ends(folder: Path, later_s: int, good: bool) -> None:
    if good:
        load_keys(folder, START_S + later_s)
    else:
        with pytest.raises(KeyFolderError, match="keys rotate"):
            load_keys(folder, START_S + later_s)


def test_a_revoked_key_signs_no_more(folder: Path) -> None:
    bad = load_keys(folder, START_S).signing_key(START_S).kid
    revoke(folder, bad, START_S + 10)
    keys = load_keys(folder, START_S + 10)
    assert bad not in keys.key_set.keys
    assert keys.signing_key(START_S + 10).kid != bad
    assert bad in read_payload(folder)["revoked"]
    assert bad not in [key["kid"] for key in keys.jwks["keys"]]
    with pytest.raises(KeyFolderError, match="keys show"):
        revoke(folder, "00" * 8, START_S)


async def test_a_running_service_takes_up_a_rotation(make_world: Callable[..., World]) -> None:
    world = make_world(keys_reload_s=30)
    device = await world.signed_in()
    bad = world.keys.signing_key(START_S).kid
    revoke(world.folder, bad, START_S)
    world.moment.go(29)
    assert world.keys.signing_key(int(world.moment.now_s())).kid == bad
    world.moment.go(1)
    assert (await device.renew()).status == 200
    assert world.keys.signing_key(int(world.moment.now_s())).kid != bad


def test_two_peppers_are_kept(folder: Path) -> None:
    for _ in range(3):
        new_pepper(folder)
    assert sorted(path.name for path in folder.glob("pepper-*.key")) == ["pepper-3.key", "pepper-4.key"]
    keys = load_keys(folder, START_S)
    assert keys.secrets.peppers[0].hex() == (folder / "pepper-4.key").read_text()


def test_a_new_pepper_is_taken_up_by_a_running_service(folder: Path) -> None:
    book = KeyBook(folder, 30)
    before = book.current(START_S).secrets.peppers
    new_pepper(folder)
    after = book.current(START_S + 30).secrets.peppers
    assert after[1:] == before


def test_a_folder_that_has_not_changed_is_not_read_again(folder: Path) -> None:
    book = KeyBook(folder, 30)
    first = book.current(START_S)
    assert book.current(START_S + 30) is first
    new_pepper(folder)
    os.utime(folder, (START_S, START_S))  # another time for sure, however coarse the file system's clock
    assert book.current(START_S + 59) is first
    assert book.current(START_S + 60) is not first


def test_a_folder_that_breaks_later_does_not_end_a_running_service(folder: Path) -> None:
    book = KeyBook(folder, 30)
    first = book.current(START_S)
    (folder / "cw-keys.jws").unlink()
    assert book.current(START_S + 30) is first
    shutil.rmtree(folder)
    assert book.current(START_S + 60) is first


def test_a_service_does_not_start_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyFolderError, match="keys new"):
        KeyBook(tmp_path, 30).current(START_S)


@pytest.mark.parametrize("name", ["master.key", "pepper-1.key"])
@pytest.mark.parametrize("count", [0, 31, 33])
def test_a_secret_of_another_length_is_refused(folder: Path, name: str, count: int) -> None:
    (folder / name).write_text("ab" * count, "ascii")
    with pytest.raises(KeyFolderError, match="must hold 32 bytes"):
        load_keys(folder, START_S)


@pytest.mark.parametrize(("pattern", "told"), [
    ("master.key", r"master\.key is missing: bring it back"),
    ("pepper-1.key", "keys pepper"),
    ("sign-*.pem", r"sign-.*\.pem is missing: bring it back"),
    ("seal-*.pem", r"seal-.*\.pem is missing: bring it back"),
])
def test_a_private_file_that_is_missing_is_told_by_name(folder: Path, pattern: str, told: str) -> None:
    for path in folder.glob(pattern):
        path.unlink()
    with pytest.raises(KeyFolderError, match=told):
        load_keys(folder, START_S)


@pytest.mark.parametrize("private", [
    ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()
], ids=["P-384", "Ed25519"])  # fmt: skip
def test_a_key_of_another_curve_is_refused(
    folder: Path, private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
) -> None:
    (folder / "root.pem").write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(KeyFolderError, match="is not a P-256 key"):
        rotate(folder, START_S)


@pytest.mark.parametrize(("after_s", "good"), [(SEAL_LIFE_S - 1, True), (SEAL_LIFE_S, False)])
def test_a_seal_key_opens_to_its_last_second(folder: Path, after_s: int, good: bool) -> None:
    keys = load_keys(folder, START_S)
    assert (keys.seal_key(parse_kid(folder), START_S + after_s) is not None) == good
    assert keys.seal_key("00" * 8, START_S) is None


def test_the_service_key_names_the_seal_key_that_lives_longest(folder: Path) -> None:
    rotate(folder, START_S + SEAL_LIFE_S - SEAL_OVERLAP_S)
    older, newer = read_payload(folder)["seal"]
    assert older["exp"] < newer["exp"]
    assert parse_service_key(service_key(folder)).seal_public.hex() == newer["key"]


def test_published_keys_say_what_they_are_for(folder: Path) -> None:
    published = load_keys(folder, START_S).jwks["keys"]
    assert [key["kid"] for key in published] == [entry["kid"] for entry in read_payload(folder)["sign"]]
    for key in published:
        assert set(key) == {"kty", "crv", "x", "y", "kid", "alg", "use"}
        assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")


def test_a_missing_folder_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(KeyFolderError, match="keys new"):
        load_keys(tmp_path, START_S)


def test_the_command_makes_shows_rotates_and_revokes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ["--folder", str(tmp_path / "k")]
    assert main([*folder, "keys", "new", "--issuer", "https://auth.test"]) == 0
    printed = capsys.readouterr().out.strip()
    assert parse_service_key(printed).seal_public[0] == 4
    main([*folder, "keys", "service-key"])
    assert capsys.readouterr().out.strip() == printed
    main([*folder, "keys", "show"])
    shown = json.loads(capsys.readouterr().out)
    assert shown["iss"] == "https://auth.test"
    main([*folder, "keys", "rotate"])
    main([*folder, "keys", "pepper"])
    main([*folder, "keys", "revoke", shown["sign"][0]["kid"]])
    main([*folder, "keys", "show"])
    assert json.loads(capsys.readouterr().out)["revoked"] == [shown["sign"][0]["kid"]]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://a.test", True),
        ("https://a.test:8443", True),
        ("http://localhost:80", False),
        ("https://a.test:443", False),
        ("https://a.test/", False),
        ("https://a.test:", False),
        ("https://u@a.test", False),
        ("https://A.test", False),
        ("https://bücher.de", False),
        ("https://a.test:99999", False),
        ("https://" + "a" * 63, True),
        ("https://" + "a" * 64, False),
        ("ftp://a.test", False),
        ("https://[::1]:5", True),
        ("https://[", False),
        ("null", False),
        ("", False),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(text: str, good: bool) -> None:
    assert is_origin(text) == good


def test_a_mistake_ends_the_command_with_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "auth", "--folder", str(tmp_path), "keys", "service-key"]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("auth: ")
    assert ended.stderr.count("\n") == 1
