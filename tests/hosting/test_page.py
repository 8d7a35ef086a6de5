"""An empty Debian becomes a server by the commands of docs/HOSTING.md, and ends in two browsers that talk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser.meeting import meet, talk
from tests.hosting import surroundings
from tests.hosting.authority import Authority
from tests.hosting.machine import Machine, empty_server
from tests.hosting.page import commands_of
from tests.hosting.people import Visitor, two_visitors
from tests.hosting.surroundings import Mails

ADMIN = "REDISCLI_AUTH=$(cat /etc/chat/secrets/redis-admin) redis-cli --no-auth-warning"
TURN_PAGE = "sed 's/data-auto-auth/data-relay=\"turn\" data-auto-auth/' index.html > turn.html"
# How many files a process of nginx may open, as the kernel sees it, or as nginx asked for where this machine itself may
# have fewer, and how many connections it may have.
NGINX_MAY = """
number=$(systemctl show --property=MainPID --value nginx)
worker=$(awk '{ print $NF }' /proc/$number/task/$number/children)
awk '/^Max open files/ { print $4 }' /proc/$worker/limits | grep -x 66000 || \\
  sed -n 's/.*setrlimit(RLIMIT_NOFILE, \\([0-9]*\\)) failed.*/\\1/p' /var/log/nginx/error.log | tail -n 1
nginx -T 2>/dev/null | sed -n 's/^\\s*worker_connections \\([0-9]*\\);/\\1/p'
"""
# Those for containers are not run, but Caddy reads their file.
VALIDATE = "caddy validate --adapter caddyfile --config /opt/chat/current/examples/hosting/containers/Caddyfile"
WORD_PAUSE_S = 0.5
# All that a server has of its own, but the root key and the backup, which are brought to the new one.
OLD_SERVER = """
systemctl stop 'chat-*' redis-server coturn
mv /etc/chat/root.pem /root/
rm -r /etc/chat /etc/redis/chat.conf /etc/turnserver.conf /etc/sysctl.d/60-chat.conf /srv/chat/site
rm -r /usr/local/bin/chat /usr/local/lib/chat
find /etc/systemd/system -name 'chat-*' -delete
sed -i '/chat.conf/d' /etc/redis/redis.conf
find /var/lib/chat /var/lib/chat-emotes /var/lib/redis -mindepth 1 -delete
systemctl daemon-reload
"""
SECRETS = """
cat /etc/chat/secrets/*
grep ^static-auth-secret= /etc/turnserver.conf
grep ^user /etc/redis/chat.conf
grep -o cwk1[^'"']* /srv/chat/site/index.html
"""
# The services may open few files, and a folder for pictures is one that only confinement closes.
FAULTY = """
for service in auth signaling; do
  mkdir /etc/systemd/system/chat-$service@.service.d
  printf '[Service]\\nLimitNOFILE=100\\n' > /etc/systemd/system/chat-$service@.service.d/few.conf
done
install -d -o chat -g chat /srv/shelf
cp --preserve /etc/chat/signaling.env /root/
sed -i 's#^SIGNALING_EMOTE_SHELF=.*#SIGNALING_EMOTE_SHELF=/srv/shelf#' /etc/chat/signaling.env
systemctl daemon-reload
if chat check; then echo well; fi
if systemctl start chat-check.service 2>/dev/null; then echo well; fi
"""
MENDED = """
rm -r /etc/systemd/system/chat-{auth,signaling}@.service.d /srv/shelf
cp --preserve /root/signaling.env /etc/chat/
systemctl daemon-reload
systemctl reset-failed chat-check.service
chat check
"""
A_PIXEL = "R0lGODdhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="
EMOTES = "chat signaling emotes list https://example.org; find /var/lib/chat-emotes -type f | sort"
WAYS = """async () => {
  const ways = [];
  for (const peer of window.seenPeers) {
    const stats = await peer.getStats();
    for (const pair of stats.values()) {
      if (pair.type !== 'candidate-pair' || !pair.nominated || pair.state !== 'succeeded') continue;
      ways.push(stats.get(pair.localCandidateId).candidateType, stats.get(pair.remoteCandidateId).candidateType);
    }
  }
  return ways;
}"""


@dataclass
class Server:
    machine: Machine
    authority: Authority
    mails: Mails
    folder: Path

    async def do(self, *sections: str) -> None:
        """The commands of these sections."""
        for section in sections:
            for commands in commands_of(section):
                await self.machine.run(commands)

    def visitors(self) -> Any:
        return two_visitors(self.machine, self.authority, self.mails, self.folder)


@asynccontextmanager
async def installed(suite: str, folder: Path) -> AsyncIterator[Server]:
    """The programs are there, and around the server there is what is around every server."""
    async with AsyncExitStack() as stack:
        machine = await stack.enter_async_context(empty_server(suite, *surroundings.names()))
        surroundings.publish(machine)
        for commands in commands_of("Install"):
            await machine.run(commands)
        authority = await stack.enter_async_context(surroundings.authority(machine))
        mails = await stack.enter_async_context(surroundings.mail_provider(machine, authority, folder))
        yield Server(machine, authority, mails, folder)


async def meet_and_talk(server: Server, room: str) -> None:
    async with server.visitors() as (ada, ben):
        await meet(ada, ben, room, "", "")
        await talk(ada, ben)
        for person in (ada, ben):
            await person.chat.is_connected("Connected directly")


async def stay_over_an_upgrade(server: Server) -> None:
    """Both talk all the while, and neither page sees an error: the upgrade of the page, and the way back."""
    async with server.visitors() as (ada, ben):
        await meet(ada, ben, "upgrade", "", "")
        for number, commands in enumerate(commands_of("Upgrade")):
            await talk_during(server.machine.run(commands), ada, ben, f"{number}")
        await talk(ada, ben, "afterwards")
    assert await server.machine.run("readlink /opt/chat/current") == "1.0.0\n"


async def talk_during(work: Any, ada: Visitor, ben: Visitor, name: str) -> None:
    going, words = asyncio.create_task(work), 0
    while not going.done():
        words += 1
        await talk(ada, ben, f"word {words} of {name}")
        await asyncio.wait({going}, timeout=WORD_PAUSE_S)
    await going
    assert words > 5


async def talk_over_turn(server: Server) -> None:
    await server.machine.run(f"cd /srv/chat/site && {TURN_PAGE}")
    async with server.visitors() as (ada, ben):
        await meet(ada, ben, "turn", "turn.html", "turn.html")
        await talk(ada, ben)
        while await ada.open_channels() == []:
            await talk(ada, ben, "again")
        assert set(await ada.page.evaluate(WAYS)) == {"relay"}


async def move_to_a_new_server(server: Server) -> None:
    """What a backup brings back is what was there, also where section 3 has made other secrets before."""
    run = server.machine.run
    kept = f"chat auth origins list; chat auth keys service-key; {EMOTES}; {ADMIN} --raw keys 'cw:*:family' | sort"
    await server.do("Backup")
    before, secrets = await run(kept), await run(SECRETS)
    assert "family" in before
    await run(OLD_SERVER)
    await run(commands_of("Settings")[0] + "systemctl restart redis-server\n")
    assert set((await run(SECRETS)).splitlines()) & set(secrets.splitlines()) == set()
    (restore,) = commands_of("Backup", "on a new server")
    await run(restore)
    assert (await run(kept), await run(SECRETS)) == (before, secrets)
    await run("systemctl restart redis-server")
    assert await run(kept) == before
    await run("mv /root/root.pem /etc/chat/")


async def see_what_the_service_sees(server: Server) -> None:
    """Both doctors are heard, the second too, and the timer's unit fails."""
    said = await server.machine.run(FAULTY)
    assert "well" not in said
    assert said.count("FAIL  files: a process may open 100,") == 2
    assert "WARN  emotes of sites: /srv/shelf keeps no pictures" in said
    journal = await server.machine.run("journalctl --quiet --output cat")
    assert journal.count("FAIL  files: a process may open 100,") == 2
    assert "FAIL" not in await server.machine.run(MENDED)


async def look_for_faults(server: Server) -> None:
    run = server.machine.run
    await run("systemctl start chat-keys.service chat-check.service")
    assert await run("cat /proc/sys/net/ipv4/ip_local_port_range") == "10240\t60999\n"
    assert await run("systemctl --failed --quiet --plain --no-legend") == ""
    assert await run("systemd-analyze verify --man=no /etc/systemd/system/chat-*") == ""
    said = await run("journalctl --quiet --output cat --unit 'chat-auth@*' --unit 'chat-signaling@*'")
    assert [word for word in ("Traceback", "@example.org", "11.0.0.") if word in said] == []
    assert await run(f"{ADMIN} config get maxmemory-policy") == "maxmemory-policy\nnoeviction\n"


@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
async def test_two_people_talk_on_a_server_that_was_set_up_by_the_page(suite: str, tmp_path: Path) -> None:
    async with installed(suite, tmp_path) as server:
        await server.do("Settings", "Keys", "Start", "nginx", "TURN")
        surroundings.own_computer(server.machine, commands_of("The page", "own computer")[0], tmp_path)
        await meet_and_talk(server, "nginx")
        assert await server.machine.run(NGINX_MAY) == "66000\n65536\n"
        await server.do("Does it work?")
        await server.machine.run(f"echo {A_PIXEL} | base64 --decode > /srv/chat/wave.gif")
        await server.do("Emotes")
        await talk_over_turn(server)
        await stay_over_an_upgrade(server)
        await move_to_a_new_server(server)
        await server.machine.run("systemctl disable --now nginx")
        await server.do("Caddy")
        await meet_and_talk(server, "caddy")
        await server.machine.run(VALIDATE)
        await server.machine.run("rm -r /etc/letsencrypt /etc/coturn")
        await server.do("TURN")
        await look_for_faults(server)
        await see_what_the_service_sees(server)
