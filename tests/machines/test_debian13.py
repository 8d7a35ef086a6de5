"""Debian 13 with its Python 3.13, as somebody without rights, without Node: the README's two commands."""

from __future__ import annotations

from tests.machines.bare import fresh_debian, install
from tests.machines.commands import FOR_TESTS, TEST
from tests.machines.debian import ADA
from tests.machines.demo import demo
from tests.machines.visitors import two_people_talk


async def test_the_two_commands_work_without_rights() -> None:
    async with fresh_debian("trixie", ADA) as debian:
        async with demo(debian, ADA) as origin:
            await two_people_talk(origin)
        await install(debian, FOR_TESTS)
        said = await debian.run(TEST, ADA)
        assert " passed" in said
