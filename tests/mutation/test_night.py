"""Every folder whose rules are tried at night is tried, and no smaller share of it than now."""

from __future__ import annotations

from tests.mutation.workspace import parts
from tests.nightly.parts import PARTS

NIGHTS = {"crypto": 6, "core": 2, "account": 2, "room": 48, "chat": 2, "transport": 4, "auth": 16}  # at most: for all
FOLDERS = {name: f"widget/{name}" for name in NIGHTS} | {"auth": "auth"}
MODULE = ("-m", "tests.mutation")


def tried() -> dict[str, int]:
    """In how many nights each folder is tried once."""
    found: dict[str, int] = {}
    for part in PARTS:
        if part.arguments[:2] == MODULE:
            name, option, share = part.arguments[2:]
            assert (part.name, option) == (f"mutation-{name}", "--share")
            tonight, _, nights = share.partition("/")
            assert tonight == "tonight"
            found[name] = int(nights)
    return found


def test_every_folder_has_its_part_of_the_night() -> None:
    assert set(tried()) == set(NIGHTS) == set(parts())
    assert {name: part.folder for name, part in parts().items()} == FOLDERS


def test_no_folder_waits_longer_for_its_turn() -> None:
    assert {name: nights for name, nights in tried().items() if nights > NIGHTS[name]} == {}
