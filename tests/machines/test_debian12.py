"""Debian 12 with its Python 3.11.2, as root, without Node: the README's two commands."""

from __future__ import annotations

from tests.machines.bare import fresh_debian
from tests.machines.commands import TEST
from tests.machines.debian import SUPERUSER
from tests.machines.demo import demo
from tests.machines.visitors import two_people_talk


async def test_the_two_commands_work_on_a_bare_machine() -> None:
    async with fresh_debian("bookworm", SUPERUSER) as debian:
        assert not (debian.folder / "usr/bin/node").exists()
        async with demo(debian, SUPERUSER) as origin:
            await two_people_talk(origin)
        said = await debian.run(TEST, SUPERUSER)
        assert " passed" in said
