"""What the backup takes is what a new server cannot make by itself, and the page brings it back in the right order."""

from __future__ import annotations

import re

from tests.hosting.page import PAGE, ROOT, commands_of

FILES = ROOT / "examples" / "hosting"


def text(name: str) -> str:
    return (FILES / name).read_text("utf-8")


def kept() -> dict[str, str]:
    """Where `place` puts what is left alone afterwards: settings, by the file they are made of."""
    found = re.findall(r"(?:\bkeep|\|\| write) (\S+) (/\S+) \d+", text("place"))
    return {name.replace("$name", one): to.replace("$name", one) for name, to in found
            for one in (("common", "auth", "signaling") if "$name" in name else ("",))}  # fmt: skip


def is_saved(path: str) -> bool:
    folders = re.findall(r"(?<= )((?:etc|var|srv)/[\w/.-]+)", text("backup"))
    return any(f"{path}/".startswith(f"/{folder}/") for folder in folders)


def test_every_file_with_a_secret_is_in_the_backup() -> None:
    with_secrets = {name: to for name, to in kept().items() if re.search(r"@[A-Z_]+(?:PASSWORD|SECRET)@", text(name))}
    assert with_secrets.keys() == {
        "settings/common.env", "settings/signaling.env", "redis/chat.conf", "coturn/turnserver.conf",
    }  # fmt: skip
    assert {to for to in with_secrets.values() if not is_saved(to)} == set()
    assert is_saved("/etc/chat/secrets")


def test_every_file_that_the_page_edits_is_in_the_backup() -> None:
    """Edited by a command: it is not what `place` would make again."""
    commands = "\n".join([*commands_of("Settings"), *commands_of("Keys")])
    edited = set(re.findall(r"^sed -i .* (/\S+)$", commands, re.M))
    assert "/srv/chat/site/index.html" in edited
    assert {path for path in edited if not is_saved(path)} == set()


def test_a_new_server_has_its_old_secrets_before_anything_asks_for_them() -> None:
    (restore,) = commands_of("Backup", "on a new server")
    steps = [
        restore.index(step)
        for step in ("tar --extract", "examples/hosting/place", "systemctl start redis-server", "chat-auth@8081 ")
    ]
    assert steps == sorted(steps)
    # redis-cli ends well on an error that Redis answers with, unless it is told otherwise.
    assert "redis-cli -e " in restore


def test_a_new_server_begins_again_all_that_the_old_one_did() -> None:
    (restore,) = commands_of("Backup", "on a new server")
    begun = set(re.findall(r"(?<= )chat-[\w@.-]+", restore)) | {"chat-turn-cert.timer"}  # with TURN, section 8
    units = set(re.findall(r"\bchat-(?:\w+)@\d+|\bchat-[a-z-]+\.timer", PAGE))
    assert len(units) > 6
    assert units - begun == set()
