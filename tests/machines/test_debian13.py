"""The README's second command on Debian 13 with Node 22, by somebody without rights, after its line for them."""

from __future__ import annotations

import re

import pytest

from tests.machines.bare import fresh_debian, install
from tests.machines.commands import FOR_TESTS, TEST
from tests.machines.debian import ADA, PATH
from tests.machines.halves import HALVES
from tests.machines.node import node_of


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
async def test_anybody_runs_the_tests_where_the_programs_are(half: str) -> None:
    async with fresh_debian("trixie", ADA) as debian:
        await install(debian, FOR_TESTS)
        said = await debian.run(TEST, ADA, PATH=f"{await node_of(debian, '22')}:{PATH}", CHAT_SHARE=half)
        assert re.search(r"^\d+ passed", said, re.M)
