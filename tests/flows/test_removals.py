"""What a host and a moderator decide in the chat is what the real service enforces, beside the members."""

from __future__ import annotations

import httpx
import pytest

from tests.fakes.redis_server import RedisServer
from tests.flows.deployment import Deployment, Person, until
from widget.errors import RefusedError

pytestmark = pytest.mark.no_cover


def kept(redis_server: RedisServer, name: str) -> set[str]:
    """The people on a list of the one room that there is."""
    client = redis_server._client()
    return {sub.decode() for key in client.scan_iter(f"cws:{name}:*") for sub in client.smembers(key)}


def sub(person: Person) -> str:
    return str(person.chat.get_state().user_id)


def role(person: Person) -> str:
    return next(one.role for one in person.chat.get_state().participants if one.is_me)


@pytest.mark.parametrize("is_public", [True, False])
async def test_the_service_keeps_out_whom_a_moderator_banned(
    deployment: Deployment, redis_server: RedisServer, is_public: bool
) -> None:
    ann, bob, cid = [await deployment.signed_in(name) for name in ("Ann", "Bob", "Cid")]
    await ann.chat.create_room("Kitchen", is_public)
    invite = ann.chat.get_invite()
    for person in (bob, cid):
        await person.chat.join_room(invite)
    for person in (ann, bob):
        await until(lambda person=person: len(person.links) == 2)  # type: ignore[misc]
    await ann.chat.set_moderator(sub(bob), True)
    await until(lambda: kept(redis_server, "moderators") == {sub(bob)} and role(bob) == "moderator")
    banned = sub(cid)
    await bob.chat.remove_member(banned, ban=True)
    await until(lambda: kept(redis_server, "bans") == {banned} and cid.chat.get_state().status == "error")
    assert cid.chat.get_state().error == "You were removed from this room."
    with pytest.raises(RefusedError) as refusal:
        await cid.chat.join_room(invite)
    assert refusal.value.code == "room.removed"
    async with httpx.AsyncClient() as http:
        counters = (await http.get(f"{deployment.signaling.url}/metrics")).text
    assert 'signaling_joins_total{outcome="room.removed"} 1.0' in counters
    await ann.chat.readmit_member(banned)
    await until(lambda: kept(redis_server, "bans") == set())
    await cid.chat.join_room(ann.chat.get_invite())
    assert cid.chat.get_state().status == "connected"
