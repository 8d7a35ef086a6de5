"""`make demo` as the README writes it, on a port of its own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.fakes.serving import free_port
from tests.machines.commands import DEMO
from tests.machines.debian import Debian, User

ADDRESS = re.compile(r"^demo: open +(http://\S+)/$", re.M)


@asynccontextmanager
async def demo(debian: Debian, user: User, **more: str) -> AsyncIterator[str]:
    """The printed address. The port of this machine and that of the bare one are the same."""
    async with debian.running(DEMO, user, "demo: Ctrl-C", PORT=str(free_port()), **more) as said:
        found = ADDRESS.search(said)
        assert found is not None, said
        yield found[1]
