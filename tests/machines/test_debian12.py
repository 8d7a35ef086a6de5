"""The README's second command on Debian 12, as root, who gets everything installed on the way; a half each night."""

from __future__ import annotations

import re
from datetime import date

from tests.machines.bare import fresh_debian
from tests.machines.commands import TEST
from tests.machines.debian import SUPERUSER
from tests.machines.halves import half_of


async def test_root_runs_the_tests_on_a_bare_machine() -> None:
    async with fresh_debian("bookworm", SUPERUSER) as debian:
        said = await debian.run(TEST, SUPERUSER, CHAT_SHARE=half_of("debian12", date.today()))
        assert re.search(r"^\d+ passed", said, re.M)
