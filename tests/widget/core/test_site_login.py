"""The site's own login: its tokens are asked for, exchanged, renewed, and what the page says of them counts."""

from __future__ import annotations

import asyncio

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.tabs import Tab, reload
from tests.fakes.world import Someone, World
from widget.errors import UnreachableError


class Page:
    """A page whose visitor is signed in on the site as `sub`, or not: "". It counts what it is asked."""

    def __init__(self, sub: str = "u1", name: str = "Ann") -> None:
        self.sub = sub
        self.name = name
        self.asked = 0
        self.fails = False

    async def token(self) -> str:
        self.asked += 1
        if self.fails:
            raise UnreachableError("unreachable", "down")
        return self.made() if self.sub != "" else ""

    def made(self) -> str:
        return f"{self.sub} {self.name} {id(self)}.{self.asked}"


def visitor(world: World, page: Page, storage: MemoryStorage | None = None) -> Someone:
    return world.chat("Ann", storage=storage, provider=page.token)


async def test_a_page_that_knows_its_visitor_signs_in_without_a_screen(world: World) -> None:
    ann = visitor(world, Page())
    await world.run(ann.chat.authenticate())
    state = ann.chat.get_state()
    assert (state.user_name, state.via) == ("Ann", "site site.test")
    assert ann.heard("auth:change") == [{"authenticated": True, "token": None, "door": "site"}]
    assert ann.heard("auth:required") == []
    assert "/otp/request" not in world.auth.calls


async def test_what_the_site_left_is_not_shown_to_the_service_where_the_page_names_nobody(world: World) -> None:
    """It renews nothing: the id of a sign-in is no refresh token, and a refusal would end it for the other pages."""
    storage = MemoryStorage()
    ann = visitor(world, Page(), storage)
    await world.run(ann.chat.restore())
    elsewhere = world.chat("Ann", storage=storage)
    assert not await world.run(elsewhere.chat.restore())
    assert ("/token" in world.auth.calls, elsewhere.errors) == (False, [])
    assert ann.chat._auth._tokens.slot in storage.records


async def test_others_see_which_site_vouches(world: World) -> None:
    ann, ben = visitor(world, Page()), await world.person("Ben")
    await world.run(ann.chat.restore())
    room = await world.run(ann.chat.create_room("Room"))
    await world.run(ben.chat.join_room(room.room_id))
    await world.clock.advance(4000)
    await world.run(ann.chat.send_message("hello"))
    await world.clock.advance(4000)
    people = {person.user_name: person.via for person in ben.chat.get_state().participants}
    assert people == {"Ann": "site site.test", "Ben": "mail"}
    assert [line.via for line in ben.messages if line.content == "hello"] == ["site site.test"]


async def test_the_page_is_asked_again_before_access_ends_and_once_for_all(world: World) -> None:
    page = Page()
    ann = visitor(world, page)
    await world.run(ann.chat.restore())
    await world.run(ann.chat.create_room("Room"))
    await world.clock.advance(511_000)
    assert (page.asked, world.auth.calls.count("/site/verify")) == (2, 2)
    assert world.signaling.renewals == 1
    at_once = asyncio.gather(*[ann.chat._auth.renew() for _ in range(4)])
    await world.run(asyncio.wait_for(at_once, None))
    assert (page.asked, "/token" in world.auth.calls) == (3, False)
    assert ann.errors == []


async def test_a_page_that_says_no_signs_out_here_and_everywhere(world: World) -> None:
    page = Page()
    ann, elsewhere = visitor(world, page), visitor(world, Page())
    await world.run(ann.chat.restore())
    await world.run(elsewhere.chat.restore())
    elsewhere.chat.destroy()
    await world.run(ann.chat.create_room("Room"))
    assert len(world.auth.families) == 2
    page.sub = ""
    await world.clock.advance(511_000)
    state = ann.chat.get_state()
    assert (state.authenticated, state.via, state.room) == (False, "", None)
    assert ann.heard("auth:change")[-1] == {"authenticated": False, "token": None, "door": ""}
    assert ann.heard("auth:logout") == [None]
    assert ann.errors == ["site.out"]
    assert world.auth.families == {}


async def test_a_page_loaded_anew_that_says_no_ends_what_was_left_everywhere(world: World) -> None:
    storage, elsewhere = MemoryStorage(), visitor(world, Page())
    first = visitor(world, Page(), storage)
    await world.run(first.chat.restore())
    await world.run(elsewhere.chat.restore())
    first.chat.destroy()
    again = visitor(world, Page(""), storage)
    assert not await world.run(again.chat.restore())
    assert world.auth.families == {}
    assert (storage.personal(), storage.keys) == ([], {})
    assert again.errors == []


async def test_who_was_not_signed_in_is_not_signed_out(world: World) -> None:
    ann = visitor(world, Page(""))
    assert not await world.run(ann.chat.restore())
    assert (ann.events, world.auth.calls) == ([], [])


async def test_a_page_that_reaches_nobody_is_asked_again_and_nobody_is_signed_out(world: World) -> None:
    page = Page()
    ann = visitor(world, page)
    await world.run(ann.chat.restore())
    page.fails = True
    await world.clock.advance(540_000)
    assert page.asked > 2
    assert ann.chat.is_authenticated()
    page.fails = False
    await world.clock.advance(31_000)
    assert world.auth.calls.count("/site/verify") == 2
    assert ann.errors == []


async def test_a_token_that_is_refused_is_told_to_the_owner_and_asked_for_again(world: World) -> None:
    page = Page()
    ann = visitor(world, page)
    await world.run(ann.chat.restore())
    world.auth.refuse["/site/verify"], world.auth.detail = "site.token", "Its exp is too far off."
    await world.clock.advance(540_000)
    told = ann.heard("error")
    assert len(told) > 1
    assert {str(error) for error in told} == {"Its exp is too far off."}
    assert ann.chat.is_authenticated()
    world.auth.refuse.clear()
    await world.clock.advance(31_000)
    assert len(ann.heard("error")) == len(told)
    assert ann.chat._auth._tokens.left_ms() > 500_000


async def test_a_bad_token_at_the_start_says_why(world: World) -> None:
    world.auth.refuse["/site/verify"], world.auth.detail = "site.unknown", "There are no keys of this site."
    ann = visitor(world, Page())
    error = await world.failing(ann.chat.restore())
    assert (error.code, error.message) == ("site.unknown", "There are no keys of this site.")
    world.auth.refuse.clear()
    assert await world.run(ann.chat.restore())


async def test_a_page_that_only_identifies_is_told_in_time_and_goes_on(world: World) -> None:
    page = Page()
    ann = world.chat("Ann")
    await world.run(ann.chat.identify(page.made()))
    await world.run(ann.chat.create_room("Room"))
    assert ann.heard("auth:required") == []
    await world.clock.advance(511_000)
    assert ann.heard("auth:required") == [None]
    page.asked = 1
    await world.run(ann.chat.identify(page.made()))
    await world.clock.advance(100_000)
    assert ann.chat.get_state().room is not None
    assert len(ann.heard("auth:change")) == 1
    assert world.signaling.renewals == 1


async def test_a_page_that_only_identifies_and_brings_nothing_is_signed_out_here_alone(world: World) -> None:
    ann, elsewhere = world.chat("Ann"), visitor(world, Page())
    await world.run(ann.chat.identify(Page().made()))
    await world.run(elsewhere.chat.restore())
    await world.clock.advance(601_000)
    assert not ann.chat.is_authenticated()
    assert elsewhere.chat.is_authenticated()
    assert len(world.auth.families) == 1


async def test_a_sign_in_that_was_ended_elsewhere_is_not_warned_of_but_over(world: World) -> None:
    ann = world.chat("Ann")
    await world.run(ann.chat.identify(Page().made()))
    await world.run(ann.chat._auth.doubt())
    assert not ann.chat.is_authenticated()
    assert (ann.heard("auth:required"), ann.errors) == ([], ["site.out"])


async def test_another_person_of_the_site_leaves_the_room_of_the_one_before(world: World) -> None:
    ann = world.chat("Ann")
    await world.run(ann.chat.identify(Page().made()))
    await world.run(ann.chat.create_room("Room"))
    await world.run(ann.chat.identify(Page("u2", "Bea").made()))
    state = ann.chat.get_state()
    assert (state.user_name, state.room, state.messages) == ("Bea", None, [])
    assert len(ann.heard("auth:change")) == 2


class SlowPage(Page):
    """From the second time on it answers when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = asyncio.Event()

    async def token(self) -> str:
        token = await super().token()
        if self.asked > 1:
            await self.goes_on.wait()
        return token


async def test_who_signs_out_while_the_page_is_asked_stays_signed_out(world: World) -> None:
    page = SlowPage()
    ann = visitor(world, page)
    await world.run(ann.chat.restore())
    await world.clock.advance(511_000)
    assert page.asked == 2
    await world.run(ann.chat.logout())
    page.goes_on.set()
    await world.clock.advance(1_200_000)
    assert (ann.chat.is_authenticated(), world.auth.families, page.asked) == (False, {}, 2)
    assert ann.errors == []


async def test_a_page_that_names_somebody_else_when_it_is_asked_again_leaves_the_room(world: World) -> None:
    page = Page()
    ann = visitor(world, page)
    await world.run(ann.chat.restore())
    await world.run(ann.chat.create_room("Room"))
    page.sub, page.name = "u2", "Bea"
    await world.clock.advance(511_000)
    state = ann.chat.get_state()
    assert (state.user_name, state.room, state.messages) == ("Bea", None, [])
    assert state.user_id == ann.chat._auth.who().identity.sub
    assert len(ann.heard("auth:change")) == 2
    assert ann.errors == []


async def test_chats_of_one_browser_are_one_device_and_sign_out_together(world: World) -> None:
    storage, page = MemoryStorage(), Page()
    one, other = visitor(world, page, storage), visitor(world, page, Tab(storage))
    at_once = asyncio.gather(one.chat.restore(), other.chat.restore())
    await world.run(asyncio.wait_for(at_once, None))
    assert len(world.auth.families) == 1
    page.sub = ""
    await world.run(one.chat.logout())
    await world.clock.advance(1_000)
    assert not other.chat.is_authenticated()
    assert len(world.auth.families) == 0


async def test_a_page_loaded_anew_is_back_in_its_room(world: World) -> None:
    storage, page = MemoryStorage(), Page()
    first = visitor(world, page, storage)
    await world.run(first.chat.restore())
    await world.run(first.chat.create_room("Room"))
    await world.clock.advance(4_000)
    first.chat.destroy()
    again = visitor(world, page, storage)
    assert await world.run(again.chat.restore())
    await world.clock.advance(4_000)
    assert again.chat.get_state().room is not None


async def test_what_was_said_by_the_site_still_is_after_a_reload(world: World) -> None:
    storage = MemoryStorage()
    ann, ben = visitor(world, Page()), await world.person("Ben", storage=storage)
    await world.run(ann.chat.restore())
    room = await world.run(ann.chat.create_room("Room"))
    await world.run(ben.chat.join_room(room.room_id))
    await world.clock.advance(4000)
    await world.run(ann.chat.send_message("hello"))
    await world.clock.advance(4000)
    again = await reload(world, ben, storage)
    assert [line.via for line in again.messages if line.content == "hello"] == ["site site.test"]
