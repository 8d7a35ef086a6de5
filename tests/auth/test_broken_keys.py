"""Keys that cannot be read, or that count no more, are refused at once and in words, not by an error of ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from auth.__main__ import main
from auth.key_folder import new_folder, revoke, rotate
from auth.keys import KeyBook, KeyFolderError, load_keys, read_payload, service_key
from tests.auth.world import World
from tests.fakes.moment import START_S
from widget.crypto.service_key import parse_service_key

HALF_A_PEM = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
PRIVATE = ("sign-*.pem", "seal-*.pem", "master.key", "pepper-*.key")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_folder(tmp_path / "keys", "https://auth.test", START_S)
    return tmp_path / "keys"


def one(folder: Path, pattern: str) -> Path:
    return sorted(folder.glob(pattern))[0]


def spoil(path: Path) -> None:
    """Not to be read by anybody, root included."""
    path.unlink()
    path.mkdir(mode=0o700)


def a_pem() -> bytes:
    private = ec.generate_private_key(ec.SECP256R1())
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize("pattern", [*PRIVATE, "cw-keys.jws"])
def test_a_file_that_cannot_be_read_says_whom_it_must_belong_to(folder: Path, pattern: str) -> None:
    path = one(folder, pattern)
    spoil(path)
    with pytest.raises(KeyFolderError, match=f"{path.name} cannot be read: .*chown"):
        load_keys(folder, START_S)


@pytest.mark.parametrize("pattern", PRIVATE)
@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", HALF_A_PEM])
def test_a_private_file_that_is_damaged_is_told_by_name(folder: Path, pattern: str, data: bytes) -> None:
    path = one(folder, pattern)
    path.write_bytes(data)
    with pytest.raises(KeyFolderError, match=f"{path.name} .*copy"):
        load_keys(folder, START_S)


@pytest.mark.parametrize("pattern", ["sign-*.pem", "seal-*.pem"])
def test_a_key_under_anothers_name_is_refused(folder: Path, pattern: str) -> None:
    path = one(folder, pattern)
    path.write_bytes(a_pem())
    with pytest.raises(KeyFolderError, match=r"another key than cw-keys\.jws names"):
        load_keys(folder, START_S)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "a.e30.c", "a.W10.c", "a.{}.c", "\xe9.\xe9", "a." + "e" * 9])
def test_a_document_that_is_damaged_is_told(folder: Path, text: str) -> None:
    (folder / "cw-keys.jws").write_text(text, "utf-8")
    for call in (lambda: load_keys(folder, START_S), lambda: rotate(folder, START_S), lambda: service_key(folder)):
        with pytest.raises(KeyFolderError, match=r"cw-keys\.jws is damaged: bring it back"):
            call()


def test_a_pepper_by_another_name_is_left_alone(folder: Path) -> None:
    (folder / "pepper-old.key").write_text("x")
    assert len(load_keys(folder, START_S).secrets.peppers) == 1


def test_what_root_makes_belongs_to_the_owner_of_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr("auth.key_folder.os.geteuid", lambda: 0)
    monkeypatch.setattr("auth.key_folder.os.fchown", lambda descriptor, user, group: given.append((user, group)))
    rotate(folder, START_S + 70 * 86400)
    owner = folder.stat()
    assert set(given) == {(owner.st_uid, owner.st_gid)}
    made = [path for path in folder.iterdir() if path.stat().st_mtime_ns >= (folder / "cw-keys.jws").stat().st_mtime_ns]
    assert len(made) >= 1
    monkeypatch.setattr("auth.key_folder.os.geteuid", lambda: 1000)
    given.clear()
    rotate(folder, START_S + 71 * 86400)
    assert given == []


def test_a_revoked_key_signs_no_more_although_its_successor_cannot_be_read(folder: Path) -> None:
    book = KeyBook(folder, 1)
    told: list[str] = []
    book.tell = told.append
    bad = book.current(START_S).signing_key(START_S).kid
    revoke(folder, bad, START_S)
    newest = read_payload(folder)["sign"][-1]["kid"]
    spoil(folder / f"sign-{newest}.pem")
    keys = book.current(START_S + 1)
    assert bad not in keys.signing
    assert bad not in keys.key_set.keys
    assert keys.document == (folder / "cw-keys.jws").read_text()
    with pytest.raises(KeyFolderError, match="keys rotate"):
        keys.signing_key(START_S + 1)
    assert f"sign-{newest}.pem cannot be read" in book.trouble
    book.current(START_S + 2)
    assert told == [book.trouble]


def test_a_folder_that_is_well_again_is_told_as_well(folder: Path) -> None:
    book = KeyBook(folder, 1)
    told: list[str] = []
    book.tell = told.append
    book.current(START_S)
    path = one(folder, "seal-*.pem")
    kept = path.read_bytes()
    path.write_bytes(b"")
    book.current(START_S + 1)
    path.write_bytes(kept)
    book.current(START_S + 2)
    assert [text == "" for text in told] == [False, True]
    assert book.trouble == ""


@pytest.mark.parametrize("pattern", PRIVATE)
def test_a_file_that_others_may_read_is_told_while_the_service_runs(folder: Path, pattern: str) -> None:
    book = KeyBook(folder, 1)
    book.current(START_S)
    path = one(folder, pattern)
    path.chmod(0o644)
    book.current(START_S + 1)
    assert f"{path.name} is open to others" in book.trouble
    path.chmod(0o600)
    book.current(START_S + 2)
    assert book.trouble == ""


def test_a_document_that_is_gone_leaves_what_was_read(folder: Path) -> None:
    book = KeyBook(folder, 1)
    first = book.current(START_S)
    shutil.rmtree(folder)
    assert book.current(START_S + 1) is first
    assert "holds no keys" in book.trouble


def test_a_revoked_sealing_key_opens_nothing_and_another_is_in_its_place(folder: Path) -> None:
    bad = read_payload(folder)["seal"][0]["kid"]
    before = service_key(folder)
    revoke(folder, bad, START_S)
    keys = load_keys(folder, START_S)
    assert keys.seal_key(bad, START_S) is None
    (kid,) = keys.seal
    assert bad in read_payload(folder)["revoked"]
    assert not (folder / f"seal-{bad}.pem").exists()
    after = parse_service_key(service_key(folder))
    assert after.root_sha256 == parse_service_key(before).root_sha256
    listed = {entry["kid"]: entry["key"] for entry in read_payload(folder)["seal"]}
    assert after.seal_public.hex() == listed[kid]
    assert len(keys.key_set.keys) == 2


def test_the_command_says_what_sites_must_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    payload = read_payload(folder)
    main(["--folder", str(folder), "keys", "revoke", payload["sign"][0]["kid"]])
    assert capsys.readouterr().out == ""
    main(["--folder", str(folder), "keys", "revoke", payload["seal"][0]["kid"]])
    printed = capsys.readouterr()
    assert printed.out.strip() == service_key(folder)
    assert "otpEncryptionKey" in printed.err


def test_a_revoked_sealing_key_leaves_no_gap_and_is_forgotten_when_it_would_have_ended(folder: Path) -> None:
    for entry in read_payload(folder)["seal"]:
        revoke(folder, entry["kid"], START_S)
    now_s = START_S
    for _ in range(5):
        now_s += 28 * 86400
        rotate(folder, now_s)
        assert any(load_keys(folder, now_s).seal_key(kid, now_s) for kid in load_keys(folder, now_s).seal)
    assert read_payload(folder)["revoked"] == []


def test_a_sealing_key_that_is_revoked_is_none_that_lasts(folder: Path) -> None:
    """The only other one ends soon: the revoked one, which would last, must not keep the next from being made."""
    later_s = START_S + 80 * 86400
    rotate(folder, later_s)
    newest = max(read_payload(folder)["seal"], key=lambda entry: int(entry["exp"]))["kid"]
    revoke(folder, newest, later_s)
    for entry in read_payload(folder)["seal"]:
        if entry["kid"] != newest and entry["exp"] > later_s + 15 * 86400:
            revoke(folder, entry["kid"], later_s)
    rotate(folder, later_s + 1)
    keys = load_keys(folder, later_s + 1)
    assert any(keys.seal_key(kid, later_s + 60 * 86400) for kid in keys.seal)


async def test_a_page_with_a_revoked_sealing_key_is_sent_for_the_newest(make_world: Callable[..., World]) -> None:
    world = make_world(keys_reload_s=1)
    device = await world.device()
    revoke(world.folder, read_payload(world.folder)["seal"][0]["kid"], START_S)
    world.moment.go(1)
    assert (await device.ask("ada@example.org")).code == "key.unknown"
    assert (await (await world.device()).ask("ada@example.org")).status == 200


async def test_a_service_without_a_key_to_sign_with_says_so(make_world: Callable[..., World]) -> None:
    world = make_world(keys_reload_s=1)
    device = await world.signed_in()
    for entry in read_payload(world.folder)["sign"]:
        revoke(world.folder, entry["kid"], START_S)
    for entry in read_payload(world.folder)["sign"]:
        path = world.folder / f"sign-{entry['kid']}.pem"
        if path.exists():
            spoil(path)
    world.moment.go(1)
    answer = await device.renew()
    assert (answer.status, answer.code) == (503, "backend.down")
    assert [reason.partition("keys/")[2][:5] for reason in reasons(world, "keys.trouble")] == ["sign-"]
    assert reasons(world, "keys.refused") == ["No signing key is valid now: run `python -m auth keys rotate`."]


def reasons(world: World, event: str) -> list[Any]:
    told = [json.loads(line) for line in world.log.getvalue().splitlines()]
    return [line["reason"] for line in told if line["event"] == event]
