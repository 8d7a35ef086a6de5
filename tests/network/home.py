"""A home: its router, which can be made to fail, and the machine behind it, on which a browser runs."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from tests.browser.conftest import find_browser
from tests.network.namespaces import Namespace, until

ROOT = Path(__file__).parents[2]
# As routers at home do: outwards under one address, inwards only what was asked for.
ROUTER = """
table ip home {
  chain faults { }
  chain through { type filter hook forward priority 0; jump faults; }
  chain inwards { type filter hook input priority 0; iifname "wan" ct state new drop; }
  chain outwards { type nat hook postrouting priority 100; oifname "wan" masquerade%s; }
}
"""


class Home:
    """Faults last until `mend`."""

    def __init__(self, number: int, router: Namespace, client: Namespace, symmetric: bool, folder: Path) -> None:
        self._number = number
        self._router = router
        self._host = 2
        self.client = client
        router.run("nft", "-f", "-", given=ROUTER % (" fully-random" if symmetric else ""))
        self.browser = folder / f"browser{number}"
        self.browser.write_text(f'#!/bin/sh\nexec {" ".join(client.way_in)} {find_browser()} "$@"\n', "ascii")
        self.browser.chmod(0o755)

    def cut(self) -> None:
        """Nothing comes through any more, and nobody is told."""
        self._faults("drop")

    def no_udp(self) -> None:
        self._faults("meta l4proto udp drop")

    def mend(self) -> None:
        self._router.run("nft", "flush chain ip home faults")

    def unplug(self) -> None:
        """The machine notices."""
        self.client.ip("link set eth0 down")

    def plug_in(self) -> None:
        self.client.ip("link set eth0 up", f"route add default via 192.168.{self._number}.1")

    def move(self) -> None:
        """To another network: other addresses on both sides of the router."""
        self._host += 1
        new, old, number = self._host, self._host - 1, self._number
        # The second address of a wire would go with the first.
        self._router.ip(
            f"addr del 198.18.{number}.{old}/24 dev wan",
            f"addr add 198.18.{number}.{new}/24 dev wan",
            f"route add default via 198.18.{number}.1",
        )
        self.client.ip(
            f"addr del 192.168.{number}.{old}/24 dev eth0",
            f"addr add 192.168.{number}.{new}/24 dev eth0",
            f"route add default via 192.168.{number}.1",
        )

    def slow_down(self, loss: float, delay_ms: int) -> None:
        """From now on all goes over a bad line; see `bad_line`."""
        line = [sys.executable, "-m", "tests.network.bad_line"]
        numbers = (self.client.number, self._router.number, self._number, loss, delay_ms)
        log = self.browser.with_suffix(".line")
        with log.open("wb") as said:
            self._router.start(*line, *map(str, numbers), out=said, more={"PYTHONPATH": str(ROOT)})
        until(lambda: "up" in log.read_text("utf-8"), f"the line does not come up: {log}")

    def stop_pages(self) -> None:
        """The processes that draw pages stand still, as those of a laptop that sleeps; the rest of the browser runs."""
        self._signal_pages(signal.SIGSTOP)

    def let_pages_go_on(self) -> None:
        self._signal_pages(signal.SIGCONT)

    def _faults(self, rule: str) -> None:
        self._router.run("nft", "-f", "-", given=f"flush chain ip home faults\nadd rule ip home faults {rule}\n")

    def _signal_pages(self, number: signal.Signals) -> None:
        for process in self.client.processes():
            with suppress(OSError):
                if b"--type=renderer" in Path(f"/proc/{process}/cmdline").read_bytes():
                    os.kill(process, number)
