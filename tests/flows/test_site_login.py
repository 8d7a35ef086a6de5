"""The site's own login at the real services: who vouches is seen, and a page that says no ends it everywhere."""

from __future__ import annotations

import time

import pytest

from tests.fakes.login_site import LoginSite
from tests.flows.deployment import Deployment, until
from tests.flows.site_page import Page, visitor
from widget.errors import RefusedError

pytestmark = pytest.mark.no_cover


async def test_others_see_that_the_site_vouches(deployment: Deployment, site: LoginSite) -> None:
    ann, ben = visitor(deployment, Page(site, "Ann")), await deployment.signed_in("Ben")
    assert await ann.chat.restore()
    room = await ann.chat.create_room("Kitchen")
    await ben.chat.join_room(room.room_id)
    await ann.chat.send_message("hello")
    await ben.hears("hello")
    assert {line.content: line.via for line in ben.messages} == {"hello": "site site.test"}
    people = {person.user_name: person.via for person in ben.chat.get_state().participants}
    assert people == {"Ann": "site site.test", "Ben": "mail"}


async def test_a_page_that_says_no_signs_out_every_device_at_once(deployment: Deployment, site: LoginSite) -> None:
    page, other_page = Page(site, "Ann"), Page(site, "Ann")
    ann, elsewhere = visitor(deployment, page), visitor(deployment, other_page)
    assert await ann.chat.restore()
    assert await elsewhere.chat.restore()
    assert ann.chat.get_state().user_id == elsewhere.chat.get_state().user_id
    await elsewhere.chat.create_room("Kitchen")
    page.is_in = other_page.is_in = False
    began = time.monotonic()
    await ann.chat._auth._renewal.in_time()
    assert not ann.chat.is_authenticated()
    await until(lambda: not elsewhere.chat.is_authenticated())
    assert time.monotonic() - began < 5
    assert elsewhere.chat.get_state().room is None


async def test_a_token_goes_on_with_the_same_sign_in_and_counts_once(deployment: Deployment, site: LoginSite) -> None:
    page = Page(site, "Ann")
    ann = deployment.person("Ann")
    token = page.made()
    await ann.chat.identify(token)
    family = ann.chat._auth.who().refresh
    with pytest.raises(RefusedError) as caught:
        await ann.chat.identify(token)
    assert caught.value.code == "site.replayed"
    await ann.chat.identify(page.made())
    assert ann.chat._auth.who().refresh == family


async def test_the_owner_reads_which_check_failed(deployment: Deployment, site: LoginSite) -> None:
    ann = deployment.person("Ann")
    with pytest.raises(RefusedError) as caught:
        await ann.chat.identify(Page(site, "Ann").made(exp=int(time.time()) + 9000))
    assert caught.value.code == "site.token"
    assert "at most 600 s" in caught.value.message
