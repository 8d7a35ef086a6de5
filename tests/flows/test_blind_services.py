"""Every byte that either service receives, stores or logs is recorded: nothing that people said or are is in it."""

from __future__ import annotations

import asyncio
import base64

from tests.flows.deployment import Deployment
from widget.native.storage import MemoryStorage

CANARY = "the cat sleeps in the violin case"


async def test_services_see_no_text_address_code_or_key(deployment: Deployment) -> None:
    ann, bob = await deployment.signed_in("Ann"), await deployment.signed_in("Bob", "always")
    codes = [await deployment.code_for(person.address) for person in (ann, bob)]
    room = await ann.chat.create_room("Quiet canary name", False)
    await bob.chat.join_room(room.invite)
    await bob.links_are({"Ann": "relayed"})
    await ann.chat.send_message(CANARY)
    await bob.chat.send_message(CANARY[::-1])
    await bob.hears(CANARY)
    await ann.hears(CANARY[::-1])
    during = deployment.redis_dump()
    await bob.chat.logout()
    await ann.chat.leave_room()
    seen = bytes(deployment.signaling.tap.seen) + deployment.redis_saw() + during + deployment.redis_dump()
    seen += deployment.log.getvalue().encode()
    signaling_only = bytes(deployment.signaling.tap.seen)
    assert len(signaling_only) > 5000
    psk = room.invite.partition(".")[2]
    secrets = [CANARY, CANARY[::-1], ann.address, bob.address, *codes, psk, "Quiet canary name"]
    for secret in secrets:
        assert_absent(secret, seen)
    # The sign-in service opens its seals only inside: on its wire there is nothing to read either.
    auth = bytes(deployment.auth.tap.seen)
    assert len(auth) > 5000
    for secret in secrets:
        assert_absent(secret, auth)
    storage = ann.bot._platform.ports.storage
    assert isinstance(storage, MemoryStorage)
    for record in storage._records.values():
        assert_absent(record, seen + auth)


async def test_the_recording_does_see_what_is_public(deployment: Deployment) -> None:
    ann = await deployment.signed_in("Ann")
    await ann.chat.create_room("Open canary name")
    await asyncio.sleep(0)
    assert b"Open canary name" in deployment.signaling.tap.seen
    assert b"Open canary name" in deployment.redis_dump()
    assert b"/otp/verify" in deployment.auth.tap.seen


def assert_absent(secret: str | bytes, seen: bytes) -> None:
    """Neither as it is nor in hex, base64 or base64url."""
    data = secret.encode() if isinstance(secret, str) else secret
    for form in (data, data.hex().encode(), base64.b64encode(data), base64.urlsafe_b64encode(data)):
        assert form.rstrip(b"=").lower() not in seen.lower()
