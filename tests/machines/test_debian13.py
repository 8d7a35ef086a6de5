"""The README's second command on Debian 13 with Node 22, by somebody without rights, after its line for them."""

from __future__ import annotations

import re
from datetime import date

from tests.machines.bare import fresh_debian, install
from tests.machines.commands import FOR_TESTS, TEST
from tests.machines.debian import ADA, PATH
from tests.machines.halves import half_of
from tests.machines.node import node_of


async def test_anybody_runs_the_tests_where_the_programs_are() -> None:
    async with fresh_debian("trixie", ADA) as debian:
        await install(debian, FOR_TESTS)
        path = f"{await node_of(debian, '22')}:{PATH}"
        said = await debian.run(TEST, ADA, PATH=path, CHAT_SHARE=half_of("debian13", date.today()))
        assert re.search(r"^\d+ passed", said, re.M)
