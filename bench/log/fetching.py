"""Events a second that a page fetches through one channel, beside the signatures that it could check in that time.

Chromium checks signatures on the page's own thread: whatever else an event costs there comes on top.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from playwright.async_api import Browser

from bench.log.meeting import LIMIT_MS, Meeting, meeting
from tests.browser.person import Person
from tests.browser.site import Site
from widget.room.limits import FETCH_EVENTS, SAID_BURST, SAID_EACH_MS
from widget.wire.event import EVENT_BYTES, SIGNATURE_BYTES
from widget.wire.labels import EVENT, labelled

EVENTS = 1_200
FLOOR_EVENTS = 2_000
SIGNED_BYTES = len(labelled(EVENT, b"")) + EVENT_BYTES - SIGNATURE_BYTES
PACE_MS = SAID_BURST * SAID_EACH_MS

# An author keeps a pace that others can follow. Alone in the room it need not: its clock is moved on instead.
MOVABLE_CLOCK = """(() => {
  const now = performance.now.bind(performance);
  let aheadMs = 0;
  performance.now = () => now() + aheadMs;
  window.moveOn = (ms) => { aheadMs += ms; };
})()"""
IS_ALONE = "() => chat.getState().participants.length === 1"
SAY = """async ([first, last, paceMs]) => {
  for (let number = first; number < last; number++) {
    chat.sendMessage(`A line that is neither short nor long, and its number is ${number}.`);
  }
  const isSaid = () => !chat.getState().messages.some((line) => line.delivery === 'sending');
  while (!isSaid()) await new Promise((resolve) => setTimeout(resolve, 20));
  moveOn(paceMs);
}"""
IS_IN = "() => typeof chat !== 'undefined' && chat.getState().authenticated"
FETCH = """async ([room, count, limitMs]) => {
  const at = [];
  const all = new Promise((resolve, reject) => {
    chat.on('message:received', () => {
      at.push(performance.now());
      if (at.length === count) resolve();
    });
    setTimeout(() => reject(new Error(`${at.length} of ${count} came`)), limitMs);
  });
  await chat.joinRoom(room);
  await all;
  return at;
}"""
VERIFY = """async ([count, bytes]) => {
  const how = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const pair = await crypto.subtle.generateKey(how, false, ['sign', 'verify']);
  const signed = crypto.getRandomValues(new Uint8Array(bytes));
  const signature = await crypto.subtle.sign(how, pair.privateKey, signed);
  const begun = performance.now();
  const verify = () => crypto.subtle.verify(how, pair.publicKey, signature, signed);
  const found = await Promise.all(Array.from({ length: count }, verify));
  if (!found.every(Boolean)) throw new Error('a signature does not fit');
  return performance.now() - begun;
}"""


FORGET = """async () => {
  const opening = indexedDB.open('strixun-chat');
  await new Promise((done) => { opening.onsuccess = done; });
  const store = opening.result.transaction('records', 'readwrite').objectStore('records');
  for (const folder of ['log', 'tab']) store.delete(IDBKeyRange.bound(folder + ' ', folder + '!'));
  opening.result.close();
  sessionStorage.clear();
}"""


@dataclass
class Fetching:
    """Events a second, and signatures a second in the same page right after."""

    events: list[float] = field(default_factory=list)
    signatures: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The median over the rounds, each of which has both."""
        both = zip(self.events, self.signatures, strict=True)
        return statistics.median([events / signatures for events, signatures in both])


async def fetching_times(browser: Browser, site: Site, rounds: int) -> Fetching:
    """Ada goes on speaking when Ben's page is gone. Each time it is loaded anew it fetches all she said.

    What it has on the disk it loses in between, but not its device's key.
    """
    found = Fetching()
    async with meeting(browser, site, "fetching", MOVABLE_CLOCK) as met:
        await met.ben.page.evaluate(FORGET)
        await met.ben.page.goto("about:blank")
        await met.ada.page.wait_for_function(IS_ALONE)
        for first in range(0, EVENTS, SAID_BURST):
            await met.ada.page.evaluate(SAY, [first, min(first + SAID_BURST, EVENTS), PACE_MS])
        for _ in range(rounds):
            found.events.append(await _fetch(met))
            found.signatures.append(await _verify(met.ben))
            await met.ben.page.evaluate(FORGET)
    return found


async def _fetch(met: Meeting) -> float:
    """From the first answer to the last: making keys and channels is another figure."""
    await met.ben.visit()
    await met.ben.page.wait_for_function(IS_IN)
    at: list[float] = await met.ben.page.evaluate(FETCH, [met.room, EVENTS, LIMIT_MS])
    return (EVENTS - FETCH_EVENTS) / (at[-1] - at[FETCH_EVENTS - 1]) * 1000


async def _verify(ben: Person) -> float:
    took_ms: float = await ben.page.evaluate(VERIFY, [FLOOR_EVENTS, SIGNED_BYTES])
    return FLOOR_EVENTS / took_ms * 1000


def fetching_lines(found: Fetching) -> list[str]:
    """The part of the report."""
    ours, floor = statistics.median(found.events), statistics.median(found.signatures)
    return [
        f"A log of {EVENTS:,} events fetched through one channel, events a second: {ours:,.0f}; signatures checked "
        f"side by side in the same page: {floor:,.0f}; ratio {found.ratio:.2f}, median of {len(found.events)}.",
    ]
