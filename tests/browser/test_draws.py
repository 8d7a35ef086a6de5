"""How often the screen is drawn, and that drawing lets packets through, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser.dom_tab import dom_tab

# The words of a drawing that comes, and how many came up to it.
NEXT_DRAWING = """async (work) => {
  const root = document.getElementById('place').firstElementChild.shadowRoot
  made.draws()
  new Function('root', work)(root)
  let draws = []
  while (draws.length === 0) {
    await new Promise((done) => requestAnimationFrame(done))
    await new Promise((done) => setTimeout(done))
    draws = [...draws, ...made.draws()]
  }
  return [draws.length, root.querySelector('.cw-log').textContent, root.querySelector('textarea').value]
}"""
# Packets come from elsewhere, whether we draw or not. For each: how many drawings went on while it waited.
TRAFFIC = """async (count) => {
  const source = `let number = 0
    const say = () => { postMessage([number, performance.timeOrigin + performance.now()]); number += 1 }
    setInterval(say, 5)`
  const worker = new Worker(URL.createObjectURL(new Blob([source])))
  const packets = []
  made.slow(80)
  made.draws()
  await new Promise((done) => {
    worker.onmessage = ({ data: [number, sent] }) => {
      packets.push([sent - performance.timeOrigin, performance.now()])
      made.hear(`packet ${number}`)
      if (packets.length === count) done()
    }
  })
  worker.terminate()
  const draws = made.draws()
  return { draws: draws.length, waited: packets.map(([sent, heard]) =>
    draws.filter(([began, ended]) => sent < ended && began < heard).length) }
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def room(chromium: Browser, script: bytes) -> AsyncIterator[Page]:
    """A room with some messages, all drawn."""
    async with dom_tab(chromium, script, policy="") as tab:
        await tab.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css')")
        await tab.evaluate("made.enter(50)")
        await tab.get_by_text("message 49", exact=True).wait_for()
        yield tab


async def next_drawing(room: Page, work: str) -> list[Any]:
    found: list[Any] = await room.evaluate(NEXT_DRAWING, work)
    return found


async def test_many_packets_at_once_make_one_drawing(room: Page) -> None:
    draws, log, _field = await next_drawing(room, "for (let n = 0; n < 200; n += 1) made.hear(`packet ${n}.`)")
    assert draws == 1
    assert "packet 199." in log


async def test_many_keys_in_a_frame_make_one_drawing(room: Page) -> None:
    typing = """
      const field = root.querySelector('textarea')
      for (const letter of 'hello') {
        field.value += letter
        field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      }"""
    draws, _log, written = await next_drawing(room, typing)
    assert (draws, written) == (1, "hello")


async def test_a_packet_waits_for_one_drawing_at_most(room: Page) -> None:
    """However slow drawings are and however fast packets come: between two drawings all that wait are heard."""
    found = await room.evaluate(TRAFFIC, 400)
    assert found["draws"] >= 5
    assert 1 in found["waited"], "packets came while it drew"
    assert max(found["waited"]) == 1
