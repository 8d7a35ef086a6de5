"""The host gives a room its emotes: when it is made, and in its settings."""

from dataclasses import replace

import pytest

from tests.fakes.core import room
from tests.fakes.screen import Person, by_class, labelled
from tests.widget.ui.people import as_a
from widget.errors import UnreachableError
from widget.model import Role
from widget.ui.room_emotes import read_choice
from widget.ui.view import attributes

SET = "01GG8F04Y000089195YKEP5CA3"
OLD_SET = "5f4a2c1b9d8e7f6a5b4c3d2e"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("", ["", ""]),
        ("  ", ["", ""]),
        (SET, [SET, ""]),
        (OLD_SET, [OLD_SET, ""]),
        (f" https://7tv.app/emote-sets/{SET}/ ", [SET, ""]),
        ("700000001", ["", "700000001"]),
        (f"{SET} 700000001", [SET, "700000001"]),
    ],
)
def test_a_set_and_a_channel_are_read(text: str, chosen: list[str]) -> None:
    assert read_choice(text) == chosen


@pytest.mark.parametrize("text", ["owls", f"https://7tv.app/users/{SET}", f"https://7tv.app/emotes/{SET}", f"{SET} x"])
def test_what_names_no_set_is_refused(text: str) -> None:
    assert read_choice(text) == []


def test_a_new_room_has_the_emotes_that_were_chosen_and_a_wrong_choice_makes_none() -> None:
    someone = Person()
    someone.chat.become(authenticated=True, user_id="a1", user_name="Ada")
    someone.click("New room")
    someone.type("Emotes of 7TV", "owls")
    someone.click("Create room")
    assert "Give the address of a set at 7TV" in someone.sees()
    assert "create_room" not in [call[0] for call in someone.chat.calls]
    someone.type("Emotes of 7TV", f"https://7tv.app/emote-sets/{SET}")
    someone.click("Create room")
    assert ("create_room", "", True, "none", False, SET) in someone.chat.calls
    someone.chat.become(room=None)
    someone.click("New room")
    assert attributes(labelled(someone.screen, "Emotes of 7TV"))["value"] == ""


@pytest.mark.parametrize(("role", "count"), [("member", 0), ("moderator", 0), ("host", 1)])
def test_only_the_host_has_settings(role: Role, count: int) -> None:
    assert len(by_class(as_a(role).screen, "cw-icon-settings")) == count


def in_settings() -> Person:
    someone = as_a("host")
    someone.chat.become(room=replace(room("r1", "Owls", 3), emote_set=OLD_SET, twitch_channel="700000001"))
    someone.click("Room settings")
    return someone


def test_the_host_changes_them_later() -> None:
    someone = in_settings()
    assert attributes(labelled(someone.screen, "Emotes of 7TV"))["value"] == f"{OLD_SET} 700000001"
    someone.type("Emotes of 7TV", SET)
    someone.submit(1)
    assert someone.chat.calls[-1] == ("set_emotes", SET, "")
    assert not someone.app.stage.layers.is_open("settings")


@pytest.mark.parametrize("is_refused", [False, True])
def test_what_went_wrong_is_said_in_the_dialog_and_nothing_is_lost(is_refused: bool) -> None:
    someone = in_settings()
    if is_refused:
        someone.chat.fails["set_emotes"] = UnreachableError("unreachable", "Nobody can be told now.")
    someone.type("Emotes of 7TV", SET if is_refused else "owls")
    someone.submit(1)
    (dialog,) = by_class(someone.screen, "cw-dialog")
    assert len(by_class(dialog, "cw-mistake")) == 1
    assert attributes(labelled(dialog, "Emotes of 7TV"))["value"] == (SET if is_refused else "owls")
    someone.click("Cancel")
    someone.click("Room settings")
    assert by_class(someone.screen, "cw-mistake") == []
