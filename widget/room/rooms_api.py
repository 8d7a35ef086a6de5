"""Signaling's REST side: rooms."""

from __future__ import annotations

from collections.abc import Sequence

from widget.core.api import MAX_CODE_CHARS, Api
from widget.core.times import iso_time
from widget.crypto.genesis import open_genesis, show_room
from widget.errors import CwError, RefusedError, UnreachableError
from widget.model import Listing, RoomMetadata
from widget.ports import Clock, Crypto
from widget.wire.base16 import from_hex
from widget.wire.codec import utf8
from widget.wire.fields import objects_field, parse_object, text_field, write_object
from widget.wire.genesis import Genesis, read_genesis
from widget.wire.room import RoomRecord, read_room

MAX_ANSWER_CHARS: int = 1048576
MAX_ROOMS: int = 500
JSON: str = "application/json"
STRANGE: str = "The service gave a strange answer. Check its address."


class RoomsApi:
    """Calls that give records."""

    def __init__(self, clock: Clock, api: Api) -> None:
        self._clock: Clock = clock
        self._api: Api = api
        self.base_url: str = api.base_url
        self.rooms_url: str = f"{api.base_url}/rooms"

    async def post(self, path: str, body: bytes, token: str, proof: str) -> bytes:
        """Make a room, or with a `path` decide about people in one; the answer."""
        headers = {"content-type": JSON, "authorization": f"DPoP {token}", "dpop": proof}
        return await self._api.call("POST", "/rooms" + path, headers, body)

    async def nonce(self) -> str:
        """What proofs name from now on."""
        try:
            answer = parse_object(utf8(await self._api.call("GET", "/nonce", {}, b"")), MAX_ANSWER_CHARS)
            return text_field(answer, "nonce", MAX_CODE_CHARS)
        except CwError as error:
            raise UnreachableError("unreachable", STRANGE) from error

    async def genesis(self, crypto: Crypto, room_id: str) -> Genesis:
        """What a public room was founded as: its id proves it."""
        try:
            answer = utf8(await self._api.call("GET", f"/rooms/{room_id}", {}, b""))
            record = read_room(parse_object(answer, MAX_ANSWER_CHARS))
        except CwError as error:
            raise UnreachableError("unreachable", STRANGE) from error
        return await founded(crypto, record, room_id)

    async def visit(self, room_id: str, key: bytes) -> bytes:
        """Ask a member to show something to who has that key."""
        body = write_object({"key": key.hex()}).encode("utf-8")
        return await self._api.call("POST", f"/rooms/{room_id}/visits", {"content-type": JSON}, body)

    async def listed(self, tag: str, query: str = "") -> Listing | None:
        """The first page of what is going on, or is called by `query`; None if it is still the one of that `tag`.

        A strange answer is an UnreachableError.
        """
        search = "".join([f"%{byte:02x}" for byte in query.encode("utf-8")])
        body = await self._api.call("GET", f"/rooms?known={tag}&search={search}", {}, b"")
        if len(body) == 0:
            return None
        try:
            answer = parse_object(utf8(body), MAX_ANSWER_CHARS)
            rooms = [self._listed(read_room(item)) for item in objects_field(answer, "rooms", MAX_ROOMS)]
            tag = text_field(answer, "tag", 64)
            is_part = text_field(answer, "next", 64) != ""
        except CwError as error:
            raise UnreachableError("unreachable", STRANGE) from error
        return Listing(rooms, tag, is_part)

    def _listed(self, record: RoomRecord) -> RoomMetadata:
        return metadata(self._clock, record, record.name, record.members, read_genesis(from_hex(record.genesis)))


async def founded(crypto: Crypto, record: RoomRecord, room_id: str) -> Genesis:
    """The genesis in what the service tells of a room; RefusedError where it is another room's."""
    try:
        return await open_genesis(crypto, from_hex(record.genesis), room_id)
    except CwError as error:
        text = "The service showed another room than the one asked for. Do not use it."
        raise RefusedError("room.false", text) from error


def metadata(
    clock: Clock, record: RoomRecord, name: str, people: int, genesis: Genesis, emotes: Sequence[str] = ()
) -> RoomMetadata:
    """The room as the public API shows it. `emotes` are a set and a channel, or nothing."""
    return RoomMetadata(
        room_id=show_room(record.room_id),
        broadcaster_id=record.host_sub,
        broadcaster_name=record.host_name,
        created_at=iso_time(clock, record.created_ms),
        participant_count=people,
        is_public=record.public,
        custom_name=name,
        capacity=record.capacity,
        history="session" if genesis.history else "none",
        approval=genesis.approval,
        preview=genesis.preview,
        emote_set=emotes[0] if len(emotes) > 0 else "",
        twitch_channel=emotes[1] if len(emotes) > 0 else "",
    )
