"""The README's second command on Debian 13 with Node 22, by somebody without rights, after its line for them."""

from __future__ import annotations

import re

from tests.machines.bare import fresh_debian, install
from tests.machines.commands import FOR_TESTS, TEST
from tests.machines.debian import ADA, PATH
from tests.machines.halves import OTHER_HALF
from tests.machines.node import node_of


async def test_anybody_runs_the_tests_where_the_programs_are() -> None:
    async with fresh_debian("trixie", ADA) as debian:
        await install(debian, FOR_TESTS)
        said = await debian.run(TEST, ADA, PATH=f"{await node_of(debian, '22')}:{PATH}", CHAT_SHARE=OTHER_HALF)
        assert re.search(r"^\d+ passed", said, re.M)
