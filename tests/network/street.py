"""The street: a server, a router in the middle, and homes that reach them through routers of their own."""

from __future__ import annotations

from pathlib import Path

from tests.network.home import Home
from tests.network.namespaces import Namespace, World

# Addresses that are nobody's: RFC 5737 for the server, RFC 2544 for the homes' sides of the wires.
SERVER = "203.0.113.2"
FORWARD = "echo 1 > /proc/sys/net/ipv4/ip_forward"


class Street:
    """`folder` is for scripts that start browsers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._world = World()
        self._homes = 0
        self.server = self._world.namespace()
        self._core = self._router()
        plug(self._core, "server", "203.0.113.1/24", self.server, "eth0", f"{SERVER}/24")
        self.server.ip("route add default via 203.0.113.1")

    def home(self, symmetric: bool = False) -> Home:
        """One more. Its router keeps a port for all destinations, or is `symmetric` and takes another for each."""
        self._homes += 1
        number, router, client = self._homes, self._router(), self._world.namespace()
        plug(self._core, f"home{number}", f"198.18.{number}.1/24", router, "wan", f"198.18.{number}.2/24")
        router.ip(f"route add default via 198.18.{number}.1")
        plug(router, "lan", f"192.168.{number}.1/24", client, "eth0", f"192.168.{number}.2/24")
        client.ip(f"route add default via 192.168.{number}.1")
        return Home(number, router, client, symmetric, self._folder)

    def close(self) -> None:
        self._world.close()

    def _router(self) -> Namespace:
        made = self._world.namespace()
        made.run("sh", "-c", FORWARD)
        return made


def plug(one: Namespace, at: str, address: str, other: Namespace, other_at: str, other_address: str) -> None:
    """A cable between two namespaces, with an address at either end."""
    one.ip(f"link add {at} type veth peer name {other_at} netns {other.number}")
    one.ip(f"addr add {address} dev {at}", f"link set {at} up")
    other.ip(f"addr add {other_address} dev {other_at}", f"link set {other_at} up")
