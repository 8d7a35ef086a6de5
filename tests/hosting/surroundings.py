"""What stands around a server: names, the repository, an authority, a mail provider, one's own computer."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.hosting import mail_server
from tests.hosting.authority import Authority
from tests.hosting.machine import ADDRESS, Machine
from tests.hosting.page import ROOT

AUTHORITY_ADDRESS = "11.0.0.11"
AUTHORITY_NAME = "acme-v02.api.letsencrypt.org"
SITE = ("example.org", "auth.example.org", "signal.example.org", "cdn.example.org", "turn.example.org")
MAIL = "mail.example.org"
VERSIONS = ("v1.0.0", "v1.0.1")
CODE_CHARS = 9  # 1234 5678

# Debian's own Caddy plays Let's Encrypt, in a folder of its own and on a port of its own.
CADDY = "cd /tmp && apt-get download -qq caddy && dpkg-deb --extract caddy_*.deb /opt/authority && rm caddy_*.deb"
CADDYFILE = f"""{{
    admin off
    skip_install_trust
    http_port 9080
    https_port 9443
    auto_https disable_redirects
    storage file_system /opt/authority/storage
    pki {{
        ca local {{
            root {{
                cert /opt/authority/root.pem
                key /opt/authority/root.key
            }}
            intermediate {{
                cert /opt/authority/middle.pem
                key /opt/authority/middle.key
            }}
        }}
    }}
}}
https://{AUTHORITY_NAME}:9443 {{
    tls internal
    rewrite /directory /acme/local/directory
    acme_server
}}
"""
# Nobody else can have port 443 of that address once nginx listens on all.
REDIRECT = f"""table ip authority {{
    chain output {{
        type nat hook output priority -100
        ip daddr {AUTHORITY_ADDRESS} tcp dport 443 redirect to :9443
    }}
}}
"""
REMOTE = """#!/bin/sh
# In place of ssh: rsync names the host, then the command.
while [ "$1" != rsync ]; do shift; done
exec {inside} "$@"
"""


class Mails:
    """What arrived, newest last."""

    def __init__(self, process: Process) -> None:
        self.received: list[dict[str, str]] = []
        self._process = process
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.received.append(json.loads(line))

    def code_for(self, address: str) -> str:
        """The newest code that was sent there, "" if none was."""
        found = [mail["text"] for mail in self.received if mail["to"] == address]
        return found[-1][:CODE_CHARS].replace(" ", "") if len(found) > 0 else ""


def publish(machine: Machine) -> None:
    """The repository as it is committed, as two released versions, at the address that the page names."""
    bare = machine.folder / "srv/git/strixun-chat.git"
    _here("git", "clone", "--quiet", "--bare", ROOT, bare)
    for version in VERSIONS:
        _here("git", "--git-dir", bare, "tag", "--force", version, "HEAD")
    config = '[url "file:///srv/git/"]\n  insteadOf = https://git.example.net/\n[safe]\n  directory = *\n'
    machine.write("/root/.gitconfig", config)


@asynccontextmanager
async def authority(machine: Machine) -> AsyncIterator[Authority]:
    """Trusted by the machine; issues to whoever proves that a name is theirs."""
    made = Authority()
    for name, signer in (("root", made.root), ("middle", made.middle)):
        machine.write(f"/opt/authority/{name}.pem", signer.pem)
        machine.write(f"/opt/authority/{name}.key", signer.key, 0o600)
    machine.write("/opt/authority/Caddyfile", CADDYFILE)
    machine.write("/usr/local/share/ca-certificates/test.crt", made.root.pem)
    await machine.run(f"update-ca-certificates >/dev/null; {CADDY}")
    _here(*machine.in_network, "ip", "address", "add", f"{AUTHORITY_ADDRESS}/32", "dev", "lo")
    _here(*machine.in_network, "nft", "--file", "-", given=REDIRECT)
    with (machine.folder / "etc/hosts").open("a", encoding="utf-8") as hosts:
        hosts.write(f"{AUTHORITY_ADDRESS} {AUTHORITY_NAME}\n")
    command = "exec /opt/authority/usr/bin/caddy run --config /opt/authority/Caddyfile 2>&1"
    async with machine.running(command, "serving initial configuration"):
        yield made


@asynccontextmanager
async def mail_provider(machine: Machine, authority: Authority, folder: Path) -> AsyncIterator[Mails]:
    """At the machine's address, under its own name."""
    own = authority.issue(MAIL)
    (folder / "mail.pem").write_text(own.pem + authority.middle.pem, "ascii")
    (folder / "mail.key").write_text(own.key, "ascii")
    command = (sys.executable, "-m", mail_server.__name__, "587", str(folder / "mail.pem"), str(folder / "mail.key"))
    bound = ("setpriv", "--pdeathsig", "KILL", *machine.in_network, *command)
    process = await asyncio.create_subprocess_exec(*bound, cwd=ROOT, stdin=DEVNULL, stdout=PIPE)
    assert process.stdout is not None
    try:
        line = await process.stdout.readline()
        assert line.decode().strip() == mail_server.READY
        yield Mails(process)
    finally:
        process.kill()
        await process.wait()


def own_computer(machine: Machine, commands: str, folder: Path) -> None:
    """Commands that are typed here, in the clone; the way to the server is another than ssh."""
    remote = folder / "remote"
    remote.write_text(REMOTE.format(inside=" ".join(machine.inside)), "utf-8")
    remote.chmod(0o755)
    done = subprocess.run(
        ["bash", "-eu", "-c", commands], cwd=ROOT, env=os.environ | {"RSYNC_RSH": str(remote)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert done.returncode == 0, f"{commands}\n{done.stdout[-3000:]}"


def names() -> tuple[str, ...]:
    return (*SITE, MAIL)


def browser_in(machine: Machine, folder: Path, browser: str) -> Path:
    """The browser of this machine, in the network of that one."""
    wrapper = folder / "browser"
    wrapper.write_text(f'#!/bin/sh\nexec {" ".join(machine.in_network)} {browser} "$@"\n', "utf-8")
    wrapper.chmod(0o755)
    return wrapper


def browser_flags(authority: Authority) -> list[str]:
    """How it finds the names, and whom it believes besides the authorities that it comes with."""
    rules = ",".join(f"MAP {name} {ADDRESS}" for name in SITE)
    return [f"--host-resolver-rules={rules}", f"--ignore-certificate-errors-spki-list={authority.middle.pin}"]


def _here(*command: str | Path, given: str | None = None) -> None:
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}"
