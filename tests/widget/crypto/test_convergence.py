"""Seeded storms: joins, leaves, crashes, partitions and lost blobs; when the links are whole again, so is the room."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.fakes.crypto import watched_crypto
from tests.fakes.effort import many
from tests.fakes.net import Net
from tests.fakes.people import Person, Seat, make_room, sign_in, sit
from tests.fakes.realm import Realm
from widget.crypto import schedule
from widget.crypto.keyring import Keyring
from widget.crypto.states import States
from widget.wire.genesis import Genesis

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover

NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay")
CALM_MS = 60_000
SEEDS = range(many(30, 2000))


class Storm:
    """One seeded run; people who left may come back with a new session."""

    def __init__(self, seed: int, people: list[Person], genesis: Genesis) -> None:
        self.dice = random.Random(seed)
        self.net = Net()
        self.away = list(people)
        self.genesis = genesis
        self.apart: set[tuple[str, str]] = set()
        self.texts: list[tuple[str, bytes, set[str]]] = []

    @property
    def here(self) -> list[Seat]:
        return list(self.net.seats.values())

    async def step(self) -> None:
        actions = [self.join, self.join, self.leave, self.crash, self.part, self.heal, self.lose, self.talk, self.talk]
        await self.dice.choice(actions)()
        await self.net.pass_time(self.dice.choice([0, 50, 700, 2_500, 9_000]))

    async def join(self) -> None:
        """Some newcomers never get a link to some members."""
        if len(self.away) == 0:
            return
        person = self.away.pop(self.dice.randrange(len(self.away)))
        person.realm.now_ms = self.net.now_ms
        person.jwt = person.realm.identity(person.device.public, person.identity.sub, person.identity.name)
        person.identity = await person.trust.check_identity(person.jwt, self.net.now_ms)
        seat = await sit(person, self.genesis, now_ms=self.net.now_ms)
        others = self.here
        if len(others) > 1 and self.dice.random() < 0.4:
            others = self.dice.sample(others, self.dice.randrange(1, len(others)))
        await self.net.join(seat, knows=others)

    async def leave(self) -> None:
        if len(self.here) > 1:
            seat = self.dice.choice(self.here)
            self.away.append(seat.person)
            await self.net.leave(seat)

    async def crash(self) -> None:
        """Gone without a word; the others notice after the grace."""
        if len(self.here) > 1:
            seat = self.dice.choice(self.here)
            del self.net.seats[seat.sid]
            await self.net.pass_time(10_000)
            for other in self.here:
                await self.net.carry(other, await other.group.drop(seat.sid, self.net.now_ms))
            self.away.append(seat.person)

    async def part(self) -> None:
        """Two halves lose each other, and drop each other after the grace."""
        seats = self.here
        self.dice.shuffle(seats)
        half = len(seats) // 2
        for one in seats[:half]:
            for other in seats[half:]:
                self.net.cut |= {(one.sid, other.sid), (other.sid, one.sid)}
                self.apart.add((one.sid, other.sid))
        await self.net.pass_time(self.dice.choice([1_000, 10_000]))
        if self.dice.random() < 0.7:
            for first, second in self.apart:
                await self._drop(first, second)
                await self._drop(second, first)

    async def _drop(self, at: str, sid: str) -> None:
        seat = self.net.seats.get(at)
        if seat is not None:
            await self.net.carry(seat, await seat.group.drop(sid, self.net.now_ms))

    async def heal(self) -> None:
        """Every link is whole again; pairs that lost each other shake hands anew."""
        self.net.cut = set()
        for first, second in sorted(self.apart):
            if first in self.net.seats and second in self.net.seats:
                await self.net.connect(self.net.seats[first], self.net.seats[second])
        self.apart = set()

    async def bridge(self) -> None:
        """Whoever was left without any way to the first member gets a link to it."""
        first = self.here[0]
        for seat in self.here:
            if seat.sid not in self.net.reached_from(first.sid):
                await self.net.connect(first, seat)

    async def lose(self) -> None:
        """One direction of one pair loses blobs for a while."""
        if len(self.here) > 1:
            one, other = self.dice.sample(self.here, 2)
            self.net.cut.add((one.sid, other.sid))

    async def talk(self) -> None:
        """A text; whoever is not in its roster must never read it."""
        for seat in self.here:
            if seat.group.ready():
                self.texts.append((seat.sid, await self.net.text(seat, "text"), set(seat.group.roster)))
                return

    async def check_readers(self) -> None:
        sender, packet, roster = self.texts[-1]
        for seat in self.here:
            opened = await seat.group.open(packet, sender, self.net.now_ms)
            assert opened is None or seat.sid in roster


async def weather(seed: int) -> None:
    realm = Realm()
    seen: set[tuple[bytes, bytes]] = set()
    people = [await sign_in(realm, name, watched_crypto(seen)) for name in NAMES]
    storm = Storm(seed, people, make_room(people[0]))
    await storm.join()
    await storm.join()
    for _ in range(25):
        await storm.step()
        if len(storm.texts) > 0:
            await storm.check_readers()
    await storm.heal()
    await storm.bridge()
    await storm.net.pass_time(CALM_MS)
    assert storm.net.agreed()
    assert storm.net.liars == set()
    kids = {sid: len(epochs) for sid, epochs in storm.net.epochs.items()}
    await storm.net.pass_time(CALM_MS)
    assert {sid: len(epochs) for sid, epochs in storm.net.epochs.items()} == kids, "the room does not come to rest"
    for sender in storm.here:
        packet = await storm.net.text(sender, "all together")
        for receiver in storm.here:
            assert receiver is sender or await storm.net.deliver(packet, sender, receiver) is not None


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_room_comes_together_again(seed: int) -> None:
    await weather(seed)


def without_states(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(States, "take", lambda self, sid, state, now_ms: None)


def without_takeover(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(schedule, "takeover_ms", lambda rank: 0 if rank == 0 else 10**9)


def without_credentials_on_request(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Keyring, "look_at_held", lambda self, now_ms: None)


MUTANTS = [without_states, without_takeover, without_credentials_on_request]


@pytest.mark.parametrize("mutate", MUTANTS)
async def test_without_one_of_the_rules_some_room_stays_apart(
    mutate: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mutate(monkeypatch)
    for seed in SEEDS:
        try:
            await weather(seed)
        except AssertionError:
            return
    pytest.fail("every room came together: the storm does not test this rule")
