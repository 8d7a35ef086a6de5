"""The README's second command on Debian 13, by somebody without rights, after the README's line for them."""

from __future__ import annotations

import re

from tests.machines.bare import fresh_debian, install
from tests.machines.commands import FOR_TESTS, TEST
from tests.machines.debian import ADA


async def test_anybody_runs_every_test_where_the_programs_are() -> None:
    async with fresh_debian("trixie", ADA) as debian:
        await install(debian, FOR_TESTS)
        said = await debian.run(TEST, ADA)
        assert re.search(r"^\d+ passed", said, re.M)
