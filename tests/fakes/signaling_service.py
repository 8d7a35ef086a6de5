"""The signaling service behind `Http` and `Sockets` ports, on the real wire, over a network that can misbehave."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

from tests.fakes.auth_service import problem
from tests.fakes.clock import HandClock
from tests.fakes.links import Fates
from widget.errors import UnreachableError
from widget.model import IceServer
from widget.ports import HttpResponse, Socket, SocketEvents
from widget.wire.client_text import read_client
from widget.wire.genesis import read_genesis, room_id_input
from widget.wire.relayed import read_relay, write_relay
from widget.wire.room import RoomRecord, write_room
from widget.wire.server_text import write_server
from widget.wire.showing import SHOW, read_show
from widget.wire.socket import (
    CLOSE_AUTH,
    CLOSE_FULL,
    CLOSE_MALFORMED,
    CLOSE_NO_ROOM,
    Auth,
    Beat,
    Hello,
    Joined,
    Leave,
    Member,
    PeerJoined,
    PeerLeft,
    Problem,
    Renew,
    ServerMessage,
    Signal,
    Visit,
)

GRACE_MS = 10_000
VISIT = "5e" * 16
CLOSES = {"room.unknown": CLOSE_NO_ROOM, "room.full": CLOSE_FULL, "token.invalid": CLOSE_AUTH}


@dataclass
class Seat:
    member: Member
    ticket: str
    socket: FakeSocket | None


@dataclass
class Place:
    record: RoomRecord
    seats: dict[str, Seat] = field(default_factory=dict)


class FakeSocket:
    """The client's end of one socket; `served` is what the service knows about it."""

    def __init__(self, service: FakeSignaling, events: SocketEvents) -> None:
        self._service = service
        self._events = events
        self.is_open = True
        self.is_deaf = False
        self.room = ""
        self.sid = ""

    def send_text(self, text: str) -> None:
        if self.is_open:
            self._service.seen.append(text.encode())
            self._service.later(lambda: self._service.heard(self, text))

    def send_bytes(self, data: bytes) -> None:
        if self.is_open:
            self._service.seen.append(data)
            self._service.later(lambda: self._service.heard_bytes(self, data))

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self._service.later(lambda: self._service.closed(self, False))
            self._service.later(lambda: self._events.closed(1000))

    def tell(self, message: ServerMessage) -> None:
        text = write_server(message)
        self._service.later(lambda: self._events.text(text) if self.is_open and not self.is_deaf else None)

    def tell_bytes(self, data: bytes, delay_ms: int) -> None:
        clock = self._service.clock
        clock.after(delay_ms, lambda: self._events.binary(data) if self.is_open and not self.is_deaf else None)

    def end(self, code: int) -> None:
        """The service or the network ends it."""
        if self.is_open:
            self.is_open = False
            self._service.later(lambda: self._events.closed(code))


class FakeSignaling:
    """`seen` holds every byte clients sent. `fates` is what happens to relayed packets.

    The next to join is refused with `refuse_next`, and told to come back in `retry_after_s`. Of the next sockets the
    "join" or the "welcome" is lost, as `lose_next` says, and all that would come after it.
    A join takes `join_ms` besides the way.

    `emotes` are answers by the path below /emotes/.

    Nothing is relayed between the two of each pair of names in `strangers`.
    """

    def __init__(self, clock: HandClock, delay_ms: int = 2) -> None:
        self.clock = clock
        self.delay_ms = delay_ms
        self.is_down = False
        self.wrong_ms = 0
        self.hangs = False
        self.is_stuck = False  # requests hang, though the service is there: a browser binds them to older connects
        self.fates = Fates()
        self.seen: list[bytes] = []
        self.rooms: dict[str, Place] = {}
        self.places: dict[str, str] = {}
        self.page = 50
        self.calls: list[str] = []
        self.ice: list[IceServer] = []
        self.renewals = 0
        self.joins = 0
        self.opened = 0
        self.sockets: list[FakeSocket] = []
        self.refuse_next = ""
        self.lose_next: list[str] = []
        self.join_ms = 0
        self.retry_after_s = 0
        self.nonce: Callable[[], str] = lambda: ""  # what a proof has to name
        self.named: list[str] = []  # in proofs
        self.strangers: list[set[str]] = []
        self.meddle: Callable[[str], str] = lambda sdp: sdp
        self.emotes: dict[str, bytes] = {}
        self.shown = clock.deferred()

    @property
    def tries(self) -> int:
        """Sockets and requests that find out whether it is there."""
        return self.opened + self.calls.count("HEAD /emotes/global")

    def later(self, action: Callable[[], None]) -> None:
        self.clock.after(self.delay_ms, action)

    async def request(self, method: str, path: str, body: bytes, proof: str = "") -> HttpResponse:
        self.calls.append(f"{method} {path}")
        if self.is_stuck:
            await self.clock.deferred().wait()
        self.seen.append(body)
        await self._arrive()
        if path == "/rooms" and method == "POST":
            wanted = self.nonce()
            self.named.append(str(_payload(proof).get("nonce", "")))
            if wanted not in ("", self.named[-1]):
                told = {"type": "about:blank", "status": 401, "code": "proof.nonce", "nonce": wanted}
                return HttpResponse(401, json.dumps(told).encode())
            return self._make(json.loads(body))
        if path == "/nonce":
            return HttpResponse(200, json.dumps({"nonce": self.nonce() or "any"}).encode())
        if path.startswith("/rooms?known="):
            return self._list(**dict(parse_qsl(path.partition("?")[2])))
        if path.startswith("/rooms/"):
            return await self._look(path.split("/")[2], body if path.endswith("/visits") else b"")
        if path.startswith("/emotes/"):
            answer = self.emotes.get(path.removeprefix("/emotes/"))
            return problem(404, "emotes.unknown") if answer is None else HttpResponse(200, answer)
        return problem(404, "room.unknown")

    def _list(self, known: str = "", search: str = "") -> HttpResponse:
        rooms = [write_room(self._record(place)) for place in self.rooms.values() if place.record.public]
        rooms = [room for room in rooms if search.lower() in room["name"].lower()]
        tag = hashlib.sha256(json.dumps(rooms).encode()).hexdigest()[:16]
        if known == tag:
            return HttpResponse(204, b"")
        after = "0" * 46 if len(rooms) > self.page else ""
        return HttpResponse(200, json.dumps({"rooms": rooms[: self.page], "next": after, "tag": tag}).encode())

    async def _look(self, room: str, body: bytes) -> HttpResponse:
        """The room's record; or with a key in `body` what its first member shows."""
        place = self.rooms.get(room)
        if place is None:
            return problem(404, "room.unknown")
        if body == b"":
            return HttpResponse(200, json.dumps(write_room(self._record(place))).encode())
        sockets = [seat.socket for seat in place.seats.values() if seat.socket is not None]
        if len(sockets) == 0:
            return problem(409, "visit.nobody")
        sockets[0].tell(Visit(VISIT, json.loads(body)["key"]))
        self.shown = self.clock.deferred()
        now = (self.clock.now_ms() + self.wrong_ms).to_bytes(8, "big")
        answer = await self.shown.wait()
        assert isinstance(answer, bytes)
        return HttpResponse(200, now + answer)

    async def open(self, url: str, protocol: str, events: SocketEvents) -> Socket:
        assert protocol == "cw1"
        self.opened += 1
        await self._arrive()
        socket = FakeSocket(self, events)
        self.sockets.append(socket)
        socket.tell(Hello(secrets.token_hex(32)))
        return socket

    def heard(self, socket: FakeSocket, text: str) -> None:
        said = read_client(text)
        if isinstance(said, Auth):
            self._arrived(socket, said, self.lose_next.pop(0) if len(self.lose_next) > 0 else "")
        elif isinstance(said, Beat):
            socket.tell(Beat())
        elif isinstance(said, Renew):
            self.renewals += 1
        elif isinstance(said, Leave):
            self._vacate(socket.room, socket.sid)
        elif isinstance(said, Signal):
            self._pass_on(socket, said)

    def heard_bytes(self, socket: FakeSocket, data: bytes) -> None:
        if data[0] == SHOW:
            self.shown.settle(read_show(data)[1])
            return
        sid, blob = read_relay(data)
        seat = self._seat(socket.room, sid)
        if seat is None or seat.socket is None:
            socket.tell(Problem("peer.unknown", "", 0))
            return
        if {self._name(socket.room, socket.sid), seat.member.name} in self.strangers:
            return
        for delay_ms in self.fates.delays_ms(self.delay_ms):
            seat.socket.tell_bytes(write_relay(socket.sid, blob), delay_ms)

    def _name(self, room: str, sid: str) -> str:
        seat = self._seat(room, sid)
        return "" if seat is None else seat.member.name

    def inject(self, room: str, to_sid: str, from_sid: str, blob: bytes) -> None:
        """A packet that the service itself makes up."""
        seat = self._seat(room, to_sid)
        assert seat is not None
        assert seat.socket is not None
        seat.socket.tell_bytes(write_relay(from_sid, blob), self.delay_ms)

    def cut(self, sub: str = "", code: int = 1006) -> None:
        """Sockets break (all, or one person's); their seats wait for a while."""
        for place in self.rooms.values():
            for seat in place.seats.values():
                if seat.socket is not None and sub in ("", seat.member.sub):
                    seat.socket.end(code)
                    self.closed(seat.socket, True)

    def forget(self) -> None:
        """A restart that loses everything."""
        self.cut()
        self.rooms = {}

    def closed(self, socket: FakeSocket, is_cut: bool) -> None:
        seat = self._seat(socket.room, socket.sid)
        if seat is not None and seat.socket is socket:
            seat.socket = None
            self.clock.after(GRACE_MS, lambda: self._expire(socket.room, socket.sid))

    async def _arrive(self) -> None:
        if self.is_down:
            raise UnreachableError("socket.unreachable", "down")
        if self.hangs:
            await self.clock.deferred().wait()
        await self.clock.sleep(self.delay_ms)

    def _make(self, fields: dict[str, str]) -> HttpResponse:
        data = bytes.fromhex(fields["genesis"])
        genesis = read_genesis(data)
        room = hashlib.sha256(room_id_input(data)).digest()[:16].hex()
        if "place" in fields:
            other = self.places.setdefault(fields["place"], room)
            if other in self.rooms:
                return HttpResponse(200, json.dumps(write_room(self._record(self.rooms[other]))).encode())
            self.places[fields["place"]] = room
        record = RoomRecord(
            room_id=room,
            name="" if genesis.private else fields["name"],
            host_sub=genesis.host_sub,
            host_name="Host",
            created_ms=genesis.created_ms,
            members=0,
            capacity=genesis.capacity,
            public=not genesis.private,
            genesis=fields["genesis"],
        )
        self.rooms[room] = Place(record)
        return HttpResponse(201, json.dumps(write_room(record)).encode())

    def _arrived(self, socket: FakeSocket, said: Auth, lost: str) -> None:
        socket.is_deaf = lost != ""
        if self.join_ms > 0:
            self.clock.after(self.join_ms, lambda: self._enter(socket, said) if socket.is_open else None)
        elif lost != "join":
            self._enter(socket, said)

    def _enter(self, socket: FakeSocket, said: Auth) -> None:
        place = self.rooms.get(said.room)
        refusal = self.refuse_next
        self.refuse_next = ""
        if place is None:
            refusal = "room.unknown"
        elif said.sid not in place.seats and len(place.seats) >= place.record.capacity:
            refusal = "room.full"
        if place is None or refusal != "":
            socket.tell(Problem(refusal, "", self.retry_after_s))
            self.later(lambda: socket.end(CLOSES.get(refusal, CLOSE_MALFORMED)))
            return
        self._sit(place, socket, said)

    def _sit(self, place: Place, socket: FakeSocket, said: Auth) -> None:
        self.joins += 1
        sub, name = _claims(said.token)
        old = place.seats.get(said.sid)
        member = Member(said.sid, sub, name, self.clock.now_ms()) if old is None else old.member
        socket.room, socket.sid = said.room, said.sid
        seat = Seat(member, secrets.token_hex(16), socket)
        others = [other.member for sid, other in place.seats.items() if sid != said.sid]
        place.seats[said.sid] = seat
        socket.tell(Joined(self._record(place), others, seat.ticket, self.ice, self.clock.now_ms() + self.wrong_ms))
        if old is None:
            self._tell_others(place, said.sid, PeerJoined(member))

    def _record(self, place: Place) -> RoomRecord:
        return replace(place.record, members=len(place.seats))

    def _pass_on(self, socket: FakeSocket, said: Signal) -> None:
        seat = self._seat(socket.room, said.sid)
        if seat is not None and seat.socket is not None:
            data = said.data if said.kind == "candidate" else self.meddle(said.data)
            seat.socket.tell(Signal(socket.sid, said.kind, data))

    def _expire(self, room: str, sid: str) -> None:
        seat = self._seat(room, sid)
        if seat is not None and seat.socket is None:
            self._vacate(room, sid)

    def _vacate(self, room: str, sid: str) -> None:
        place = self.rooms.get(room)
        if place is not None and place.seats.pop(sid, None) is not None:
            self._tell_others(place, sid, PeerLeft(sid))

    def _tell_others(self, place: Place, sid: str, message: ServerMessage) -> None:
        for other, seat in place.seats.items():
            if other != sid and seat.socket is not None:
                seat.socket.tell(message)

    def _seat(self, room: str, sid: str) -> Seat | None:
        place = self.rooms.get(room)
        return None if place is None else place.seats.get(sid)


def _claims(token: str) -> tuple[str, str]:
    claims = _payload(token)
    return claims["sub"], claims["name"]


def _payload(jws: str) -> dict[str, Any]:
    text = jws.split(".")[1]
    payload: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return payload
