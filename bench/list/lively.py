"""A lively room: how many frames are late while message follows message."""

from __future__ import annotations

from dataclasses import dataclass

from bench.list.page import ListPage

SLOWER = 4
PER_S = 100
LASTS_MS = 30_000
LATE_MS = 25
# Messages come as packets do: between frames, whatever the page is busy with. None is left out, some come late.
LIVELY = """([perS, lastsMs]) => new Promise((resolve) => {
  const frames = [];
  const begun = performance.now();
  let last = begun;
  let said = 0;
  const hear = () => {
    const due = Math.min(performance.now() - begun, lastsMs) * perS / 1000;
    for (; said < due; said++) List.say();
    if (said < lastsMs * perS / 1000) setTimeout(hear, 1000 / perS);
  };
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    if (now - begun < lastsMs) requestAnimationFrame(frame);
    else resolve(frames.slice(1));
  };
  hear();
  requestAnimationFrame(frame);
})"""


@dataclass(frozen=True)
class Lively:
    """Milliseconds from one frame to the next."""

    frames_ms: list[float]

    @property
    def late(self) -> float:
        """The share of frames that came late."""
        return sum(ms > LATE_MS for ms in self.frames_ms) / len(self.frames_ms)

    @property
    def longest_ms(self) -> float:
        return max(self.frames_ms)


async def lively_room(page: ListPage, lasts_ms: int = LASTS_MS) -> Lively:
    """On a processor of a quarter of the speed."""
    await page.slow(SLOWER)
    frames: list[float] = await page.run(LIVELY, PER_S, lasts_ms)
    await page.slow(1)
    return Lively(frames)
