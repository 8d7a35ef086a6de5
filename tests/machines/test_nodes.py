"""Each Node that the project says it takes builds the same bytes as the locked one."""

from __future__ import annotations

from tests.machines.bare import fresh_debian
from tests.machines.debian import ADA, PATH
from tests.machines.demo import demo
from tests.machines.node import node_of

BUILT = "cd cdn_dist && find . -type f | sort | xargs sha256sum"
MADE = ".work node_modules npm_dist cdn_dist/v* cdn_dist/latest cdn_dist/manifest.json"  # all but .venv
NODES = ("20", "22", "24")


async def test_every_node_builds_the_same_bytes() -> None:
    async with fresh_debian("bookworm", ADA) as debian:
        await debian.run("make build-cdn", ADA)
        built = {"none": await debian.run(BUILT, ADA)}
        for major in NODES:
            path = f"{await node_of(debian, major)}:{PATH}"
            assert (await debian.run("node --version", ADA, PATH=path)).startswith(f"v{major}.")
            await debian.run(f"rm -rf {MADE}", ADA)
            async with demo(debian, ADA, PATH=path):
                built[major] = await debian.run(BUILT, ADA)
            await debian.run("make build-cdn check", ADA, PATH=path)
        assert {major: text for major, text in built.items() if text != built["none"]} == {}
