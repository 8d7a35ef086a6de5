"""The README's second command on Debian 12, as root, who gets everything installed on the way; in two halves."""

from __future__ import annotations

import re

import pytest

from tests.machines.bare import fresh_debian
from tests.machines.commands import TEST
from tests.machines.debian import SUPERUSER
from tests.machines.halves import HALVES


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
async def test_root_runs_the_tests_on_a_bare_machine(half: str) -> None:
    async with fresh_debian("bookworm", SUPERUSER) as debian:
        said = await debian.run(TEST, SUPERUSER, CHAT_SHARE=half)
        assert re.search(r"^\d+ passed", said, re.M)
