"""Signaling's REST side: rooms and emotes."""

from __future__ import annotations

from typing import Any

from widget.core.api import Api
from widget.errors import CwError, RefusedError, UnreachableError
from widget.model import EmoteData
from widget.wire.codec import utf8
from widget.wire.fields import bool_field, int_field, objects_field, parse_object, text_field
from widget.wire.room import RoomRecord, read_room

MAX_ANSWER_CHARS: int = 1048576
MAX_ROOMS: int = 100
MAX_EMOTES: int = 2000


class RoomsApi:
    """Calls that give records; a strange answer is an UnreachableError."""

    def __init__(self, api: Api) -> None:
        self._api: Api = api

    @property
    def rooms_url(self) -> str:
        return f"{self._api.base_url}/rooms"

    async def create(self, body: bytes, token: str, proof: str) -> RoomRecord:
        headers = {"content-type": "application/json", "authorization": f"DPoP {token}", "dpop": proof}
        return self._room((await self._api.call("POST", "/rooms", headers, body)).body)

    async def room(self, room_id: str) -> RoomRecord:
        return self._room((await self._api.call("GET", f"/rooms/{room_id}", {}, b"")).body)

    async def public_rooms(self) -> list[RoomRecord]:
        """The first page of what is going on."""
        response = await self._api.call("GET", "/rooms", {}, b"")
        try:
            answer = parse_object(utf8(response.body), MAX_ANSWER_CHARS)
            return [read_room(item) for item in objects_field(answer, "rooms", MAX_ROOMS)]
        except CwError as error:
            raise self._strange() from error

    async def emotes(self, path: str) -> list[EmoteData]:
        """An emote set; a service without emotes has an empty one."""
        try:
            response = await self._api.call("GET", path, {}, b"")
            answer = parse_object(utf8(response.body), MAX_ANSWER_CHARS)
            return [_read_emote(item) for item in objects_field(answer, "emotes", MAX_EMOTES)]
        except RefusedError:
            return []
        except CwError as error:
            raise self._strange() from error

    def _room(self, body: bytes) -> RoomRecord:
        try:
            return read_room(parse_object(utf8(body), MAX_ANSWER_CHARS))
        except CwError as error:
            raise self._strange() from error

    def _strange(self) -> UnreachableError:
        return UnreachableError("unreachable", f"{self._api.who} gave a strange answer. Check its address.")


def _read_emote(data: dict[str, Any]) -> EmoteData:
    return EmoteData(
        id=text_field(data, "id", 64),
        name=text_field(data, "name", 64),
        url=text_field(data, "url", 300),
        animated=bool_field(data, "animated"),
        width=int_field(data, "width", 1, 1024),
        height=int_field(data, "height", 1, 1024),
        provider="custom" if text_field(data, "provider", 16) == "custom" else "7tv",
    )
