"""A machine with a table of moves."""

from __future__ import annotations

TABLE: dict[str, dict[str, str]] = {"idle": {"open": "opening"}, "opening": {"done": "live", "fail": "idle"}, "live": {"close": "idle"}}


class Machine:
    def __init__(self) -> None:
        self.state: str = "idle"
        self.log: list[str] = []

    def take(self, event: str) -> bool:
        after = TABLE[self.state].get(event)
        if after is None:
            self.log.append(f"{event} refused in {self.state}")
            return False
        self.state = after
        return True


def main() -> None:
    machine = Machine()
    print([machine.take(event) for event in ["open", "close", "fail", "open", "done", "close"]], machine.state, machine.log)
