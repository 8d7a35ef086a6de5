import pytest

from tests.fakes.core import FakeChat, room, said
from tests.fakes.screen import Person, by_class, by_tag, labelled, name_of, walk, words
from widget.errors import RefusedError, UnreachableError
from widget.model import ChatState
from widget.ui.pace import FLOOD_MS, SHOW_AFTER_MS
from widget.ui.view import Node, attributes

SIGNED_IN = ChatState(authenticated=True, user_id="a1", user_name="Ada")


def test_nothing_jumps_before_the_session_is_restored() -> None:
    person = Person()
    fresh = type(person.app)(person.chat, person.clock, person.page, person.app.stage.language, True, "")
    fresh.start()
    assert len(by_class(fresh.view(), "cw-auth")) == 0
    person.clock.settle()
    assert len(by_class(fresh.view(), "cw-auth")) == 1


def test_who_was_never_here_can_sign_in_at_once() -> None:
    person = Person()
    fresh = type(person.app)(person.chat, person.clock, person.page, person.app.stage.language, False, "")
    heard: list[int] = []
    fresh.auth_required = lambda: heard.append(1)
    fresh.start("", True)
    assert "Sign in to join" in words(fresh.view())
    person.clock.settle()
    assert "Sign in to join" in words(fresh.view())
    assert heard == [1]


class LateChat(FakeChat):
    """Knows of the sign-in only when it is restored."""

    async def restore(self) -> bool:
        self.become(authenticated=True, user_id="a1", user_name="Ada")
        return True


def test_who_seemed_never_to_have_been_here_is_restored_all_the_same() -> None:
    person = Person()
    chat = LateChat()
    fresh = type(person.app)(chat, person.clock, person.page, person.app.stage.language, False, "abc")
    fresh.start("", True)
    person.clock.settle()
    assert ("join_room", "abc") in chat.calls


@pytest.mark.parametrize("auto_auth", [False, True])
def test_the_page_hears_that_signing_in_is_needed(auto_auth: bool) -> None:
    person = Person()
    heard: list[int] = []
    fresh = type(person.app)(person.chat, person.clock, person.page, person.app.stage.language, auto_auth, "")
    fresh.auth_required = lambda: heard.append(1)
    fresh.start()
    person.clock.settle()
    assert heard == [1]


def test_a_restored_person_sees_the_rooms() -> None:
    assert "Rooms" in Person(SIGNED_IN).sees()


def test_the_room_of_the_page_is_joined_after_signing_in() -> None:
    person = Person(auto_auth=True, wanted="abc")
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    person.type("Code of 8 digits", "12345678")
    assert ("join_room", "abc") in person.chat.calls


def test_the_room_of_the_page_is_joined_by_a_restored_person() -> None:
    assert ("join_room", "abc") in Person(SIGNED_IN, wanted="abc").chat.calls


def test_signing_out_inside_a_room_leads_to_the_lobby() -> None:
    person = Person(SIGNED_IN)
    person.chat.become(room=room("r1", "Owls", 2), status="connected")
    person.chat.become(authenticated=False, room=None)
    person.clock.settle()
    assert "Sign in to join" in person.sees()


def test_trouble_is_a_banner_that_can_be_put_away() -> None:
    person = Person(SIGNED_IN)
    person.chat.become(error="The room has ended.")
    header, banner = by_class(person.screen, "cw-rooms")[0].children[:2]
    assert isinstance(header, Node)
    assert isinstance(banner, Node)
    assert header.tag == "header"
    assert attributes(banner)["role"] == "alert"
    person.click("Dismiss")
    assert by_class(person.screen, "cw-banner") == []
    person.chat.become(error=None)
    person.chat.become(error="The room has ended.")
    assert len(by_class(person.screen, "cw-banner")) == 1


def test_what_is_wrong_in_a_room_is_said_once_below_its_header() -> None:
    person = Person(SIGNED_IN)
    person.chat.become(room=room("r1", "Owls", 2), status="connecting", error="The service is away. Messages wait.")
    header, banner = by_class(person.screen, "cw-chat")[0].children[:2]
    assert [attributes(each)["class"] for each in (header, banner) if isinstance(each, Node)] == ["cw-bar", "cw-banner"]
    assert by_class(person.screen, "cw-badge") == []
    person.click("Dismiss")
    assert words(by_class(person.screen, "cw-badge")[0]) == "Connecting"


def test_where_there_is_no_header_trouble_stands_on_top() -> None:
    person = Person(auto_auth=True)
    person.chat.become(error="The sign-in has ended.")
    assert "cw-banner" in attributes(by_class(person.screen, "cw-app")[0].children[0])["class"]  # type: ignore[arg-type]


def test_a_failed_restore_leaves_the_lobby() -> None:
    person = Person()
    person.chat.fails["restore"] = UnreachableError("unreachable", "The sign-in service does not answer.")
    fresh = type(person.app)(person.chat, person.clock, person.page, person.app.stage.language, False, "")
    fresh.start()
    person.clock.settle()
    assert len(by_class(fresh.view(), "cw-rooms")) == 1


def test_a_refused_logout_is_told() -> None:
    person = Person(SIGNED_IN)
    person.chat.fails["logout"] = RefusedError("refused", "Not now.")
    person.click("Sign out")
    person.click("Sign out")
    assert "Not now." in person.sees()


def test_looking_does_not_change_anything() -> None:
    person = Person(SIGNED_IN, [room("r1", "Owls", 2)])
    before = person.drawings
    calls = len(person.chat.calls)
    for _ in range(3):
        person.app.view()
    assert (person.drawings, len(person.chat.calls)) == (before, calls)


def test_after_stopping_nothing_is_drawn() -> None:
    person = Person(SIGNED_IN)
    person.app.stop()
    before = person.drawings
    person.chat.become(user_name="Ada L.")
    assert person.drawings == before
    assert person.chat.watchers == []


def test_every_control_has_a_name_on_every_screen() -> None:
    from tests.browser.looks import SCREENS

    for name, draw in SCREENS.items():
        screen = draw()
        for node in walk(screen):
            if node.tag in ("button", "input", "textarea"):
                assert name_of(screen, node) != "", name
            if node.tag == "button":
                assert attributes(node)["type"] in ("button", "submit"), name


def test_ids_are_unique_and_referred_to() -> None:
    from tests.browser.looks import SCREENS

    for name, draw in SCREENS.items():
        screen = draw()
        ids = [attributes(node)["id"] for node in walk(screen) if "id" in attributes(node)]
        assert len(ids) == len(set(ids)), name
        for node in walk(screen):
            for reference in ("for", "aria-describedby"):
                if reference in attributes(node):
                    assert attributes(node)[reference] in ids, name


def test_siblings_with_keys_have_different_ones() -> None:
    from tests.browser.looks import SCREENS

    for name, draw in SCREENS.items():
        for node in walk(draw()):
            children = [child for child in node.children if isinstance(child, Node)]
            keys = [child.mark for child in children if "key" in child.attributes]
            assert len(keys) == len(set(keys)), name
            assert set(keys).isdisjoint(child.tag for child in children if "key" not in child.attributes), name


def test_each_screen_has_one_way_to_move_on() -> None:
    from tests.browser.looks import SCREENS

    for name, draw in SCREENS.items():
        if name not in ("people", "problem"):
            assert len(by_tag(draw(), "button")) >= 1, name


def test_what_the_chat_tells_is_drawn_a_moment_later_and_once() -> None:
    """A drawing in the midst of a handshake would keep its packets waiting."""
    person = Person(SIGNED_IN)
    person.clock.advance(SHOW_AFTER_MS)
    before = person.drawings
    for number in range(SHOW_AFTER_MS):
        person.chat.become(error=f"change {number}")
        assert person.drawings == before
        person.clock.advance(1)
    assert person.drawings == before + 1


def test_a_flood_of_changes_is_drawn_seldom_and_what_comes_after_it_soon() -> None:
    """Where a log is fetched, drawing it takes the time that the fetching needs."""
    person = Person(SIGNED_IN)
    person.clock.advance(FLOOD_MS)
    before = person.drawings
    for number in range(5 * FLOOD_MS):
        person.chat.become(error=f"change {number}")
        person.clock.advance(1)
    assert person.drawings == before + 5
    for _ in range(2):
        person.clock.advance(FLOOD_MS)
    before = person.drawings
    person.chat.become(error="one more")
    person.clock.advance(SHOW_AFTER_MS)
    assert person.drawings == before + 1


def test_what_somebody_does_is_drawn_at_once() -> None:
    person = Person(SIGNED_IN)
    person.chat.become(error="news")
    before = person.drawings
    person.click("New room")
    assert person.drawings == before + 1


def floating() -> tuple[Person, list[object]]:
    """Somebody in a room with a closed bubble, and what the page hears."""
    person_ = Person(ChatState(authenticated=True, status="connected", room=room("r1", "Owls", 2)))
    heard: list[object] = []
    person_.app.float(True)
    person_.app.opened = lambda: heard.append("open")
    person_.app.closed = lambda: heard.append("close")
    person_.app.counted = heard.append
    return person_, heard


def test_a_closed_bubble_is_a_button_that_counts() -> None:
    someone, heard = floating()
    assert [node.tag for node in walk(someone.screen) if node.tag in ("button", "section")] == ["button"]
    someone.chat.become(messages=[said(1, "Ben", "one")])
    someone.chat.become(messages=[said(number, "Ben", "more") for number in range(120)])
    assert words(by_class(someone.screen, "cw-unread-count")[0]) == "99+"
    someone.click("Open the chat, 120 new messages")
    assert by_class(someone.screen, "cw-unread-count") == []
    assert heard == [1, 120, 0, "open"]
    someone.click("Close the chat")
    assert heard[4:] == ["close"]


def test_a_bubble_in_a_window_of_its_own_is_open_and_has_no_button() -> None:
    someone, heard = floating()
    someone.app.float(False)
    assert heard == ["open"]
    assert by_class(someone.screen, "cw-launcher") == []
    someone.app.show(False)
    assert by_class(someone.screen, "cw-app") != []
    someone.app.float(True)
    assert heard == ["open", "close"]
    assert [node.tag for node in walk(someone.screen) if node.tag in ("button", "section")] == ["button"]


def test_a_chat_in_its_place_stays_open() -> None:
    someone = Person(SIGNED_IN)
    someone.app.show(False)
    assert by_class(someone.screen, "cw-rooms") != []


def test_who_has_to_sign_in_sees_where() -> None:
    someone = Person()
    someone.app.float(True)
    someone.app.ask_sign_in()
    assert by_class(someone.screen, "cw-auth") != []



def opened(person_: Person, invite: str = "") -> Person:
    """The page is loaded anew, perhaps by an invite."""
    person_.app.stop()
    language = person_.app.stage.language
    person_.app = type(person_.app)(person_.chat, person_.clock, person_.page, language, False, "configured")
    person_.app.start(invite)
    person_.clock.settle()
    return person_


def sign_in(person_: Person) -> None:
    person_.type("Code of 8 digits", "12345678")


def joined(person_: Person) -> list[object]:
    return [call[1] for call in person_.chat.calls if call[0] == "join_room"]


def test_an_invite_leads_into_its_room_through_the_sign_in_and_a_reload() -> None:
    person = opened(Person(), "r2.psk")
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    opened(person)
    sign_in(person)
    assert joined(person) == ["r2.psk"]
    assert person.chat.noted == ""


def test_a_room_wanted_before_the_sign_in_is_entered_after_a_reload() -> None:
    person = Person(None, [room("r1", "Owls", 1)])
    person.app.enter("r1")
    person.clock.settle()
    assert person.chat.noted == "r1"
    opened(person)
    assert "Sign in to chat" in person.sees()
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    opened(person)
    sign_in(person)
    assert joined(person) == ["r1"]


def test_who_looks_around_first_wants_no_room_any_more() -> None:
    person = opened(Person(), "r2.psk")
    person.click("Look around first")
    assert person.chat.noted == ""
    assert "Rooms" in opened(person).sees()


def test_the_room_of_the_page_is_joined_by_who_pressed_sign_in() -> None:
    person = opened(Person())
    person.click("Sign in")
    person.click("Look around first")
    person.click("Sign in")
    person.type("E-mail", "ada@example.org")
    person.click("Send code")
    sign_in(person)
    assert joined(person) == ["configured"]


def test_an_invite_counts_more_than_the_room_of_the_page_and_the_one_that_the_tab_was_in() -> None:
    person = Person(ChatState(authenticated=True, status="connected", room=room("r1", "Owls", 2)))
    opened(person, "r2.psk")
    assert joined(person) == ["r2.psk"]
    person.chat.become(room=room("r1", "Owls", 2))
    opened(person)
    assert joined(person) == ["r2.psk"], "without an invite the tab is where it was"


def test_an_invite_that_is_opened_later_is_followed_too() -> None:
    person = Person(SIGNED_IN)
    person.app.float(True)
    person.app.invited("r2.psk")
    person.clock.settle()
    assert person.app.stage.is_open
    assert joined(person) == ["r2.psk"]


def test_a_wrong_invite_stays_in_its_field_and_is_not_tried_again_after_a_reload() -> None:
    person = Person(SIGNED_IN)
    person.chat.fails["join_room"] = RefusedError("room.unknown", "There is no such room.")
    opened(person, "r2.psX")
    assert "There is no such room." in person.sees()
    assert attributes(labelled(person.screen, "Have an invite?"))["value"] == "r2.psX"
    opened(person)
    assert joined(person) == ["r2.psX", "configured"]


def test_an_invite_stays_in_its_field_until_it_has_led_in() -> None:
    person = Person(SIGNED_IN)
    person.type("Have an invite?", "r2.psX")
    person.chat.become(room=room("r2", "", 1), status="connecting")
    person.chat.become(room=None, status="error", error="The members of this room have another invite.")
    assert "have another invite" in person.sees()
    assert attributes(labelled(person.screen, "Have an invite?"))["value"] == "r2.psX"
    person.chat.become(room=room("r2", "", 2), status="connecting")
    person.chat.become(status="connected")
    person.chat.become(room=None, status="disconnected")
    person.clock.settle()
    assert attributes(labelled(person.screen, "Have an invite?"))["value"] == ""


def test_an_invite_to_another_room_stays_in_its_field_while_one_is_in_the_first() -> None:
    person = Person(ChatState(authenticated=True, status="connected", room=room("r1", "Owls", 2)))
    person.chat.fails["join_room"] = RefusedError("room.unknown", "There is no such room.")
    person.app.invited("r2.psX")
    person.clock.settle()
    person.chat.become(room=room("r1", "Owls", 3))
    person.chat.become(room=None, status="error")
    person.clock.settle()
    assert attributes(labelled(person.screen, "Have an invite?"))["value"] == "r2.psX"


def test_an_invite_whose_service_was_away_is_tried_again_after_a_reload() -> None:
    person = Person(SIGNED_IN)
    person.chat.fails["join_room"] = UnreachableError("unreachable", "The chat service does not answer.")
    opened(person, "r2.psk")
    opened(person)
    assert joined(person) == ["r2.psk", "r2.psk"]


def test_a_bubble_opens_for_an_invite() -> None:
    person = Person(SIGNED_IN)
    person.app = type(person.app)(person.chat, person.clock, person.page, person.app.stage.language, False, "")
    person.app.float(True)
    person.app.start("r2.psk")
    person.clock.settle()
    assert person.app.stage.is_open
