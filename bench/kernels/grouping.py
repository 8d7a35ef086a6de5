"""Sort and group: messages that came out of order are sorted by time, and cut into groups and days."""

from __future__ import annotations

from bench.kernels.still_clock import StillClock
from widget.browser.page import wall_minute
from widget.model import ChatMessage, Participant, Role
from widget.ui.message_line import breaks
from widget.ui.powers import rank
from widget.ui.when import DAY_MIN

COUNT = 200
START_MS = 1_795_000_000_000
OFFSET_MIN = 60


class Kernel:
    """One time is 200 messages and 20 people."""

    def __init__(self) -> None:
        self._messages: list[ChatMessage] = []
        self._people: list[Participant] = []
        clock = StillClock()
        for number in range(COUNT):
            place = number * 77 % COUNT
            at = clock.iso(START_MS + place * 411_000 + place % 7 * 60_000)
            who = place * 7919 // 3 % 4
            message = ChatMessage(f"{place:032x}", "room", f"user{who}", f"Person {who}", at, "hello", True)
            self._messages.append(message)
        for number in range(20):
            name = f"Person {number * 7 % 20}"
            online = number % 3 != 0
            role: Role = "host" if number == 4 else "member"
            self._people.append(Participant(f"user{number}", name, "", online, "direct", number == 9, role))

    def run(self, times: int) -> str:
        groups = 0
        days = 0
        names = ""
        for _ in range(times):
            before: ChatMessage | None = None
            before_min = 0
            for message in sorted(self._messages, key=_time):
                minute = wall_minute(message.timestamp) + OFFSET_MIN
                if before is None or breaks(before, before_min, message, minute):
                    groups += 1
                if before is None or before_min // DAY_MIN != minute // DAY_MIN:
                    days += 1
                before = message
                before_min = minute
            by_author: dict[str, list[ChatMessage]] = {}
            for message in self._messages:
                if message.sender_id not in by_author:
                    by_author[message.sender_id] = []
                by_author[message.sender_id].append(message)
            counts = [f"{author} {len(by_author[author])}" for author in sorted(by_author)]
            people = sorted(self._people, key=rank)
            names = ", ".join([*counts, *[person.user_name for person in people]])
        return f"{groups} {days} {names}"


def _time(message: ChatMessage) -> str:
    return message.timestamp
