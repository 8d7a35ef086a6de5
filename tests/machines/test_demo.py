"""The README's first command on a bare machine without Node ends in two browsers that talk."""

from __future__ import annotations

import pytest

from tests.machines.bare import fresh_debian
from tests.machines.debian import ADA, SUPERUSER, User
from tests.machines.demo import demo
from tests.machines.visitors import two_people_talk


@pytest.mark.parametrize(("suite", "python", "user"), [("bookworm", "3.11.2", SUPERUSER), ("trixie", "3.13.", ADA)])
async def test_two_people_talk_over_the_demo_of_a_bare_machine(suite: str, python: str, user: User) -> None:
    async with fresh_debian(suite, user) as debian:
        assert (await debian.run("python3 --version", user)).startswith(f"Python {python}")
        assert not (debian.folder / "usr/bin/node").exists()
        async with demo(debian, user) as origin:
            await two_people_talk(origin)
