"""The planets around the sun: floats in objects, every pair of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

STEPS = 20
STEP_YEARS = 0.01
YEAR_DAYS = 365.24
SOLAR_MASS = 4 * math.pi * math.pi
# x, y, z in astronomical units, their change a day, the mass in those of the sun.
PLANETS = [
    (4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.00166007664274403694, 0.00769901118419740425,
     -0.0000690460016972063023, 0.000954791938424326609),
    (8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -0.00276742510726411899, 0.00499852801234917238,
     0.0000230417297573763929, 0.000285885980666130812),
    (12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 0.00296460137564761618, 0.0023784717395948095,
     -0.0000296589568540237556, 0.0000436624404335156298),
    (15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.00268067772490389322, 0.00162824170038242295,
     -0.000095159225451971587, 0.0000515138902046611451),
]  # fmt: skip


@dataclass
class Body:
    x: float
    y: float
    z: float
    vx: float
    vy: float
    vz: float
    mass: float


class Kernel:
    """One time is 20 steps of five bodies."""

    def __init__(self) -> None:
        self._bodies = [Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SOLAR_MASS)]
        for x, y, z, vx, vy, vz, mass in PLANETS:
            body = Body(x, y, z, vx * YEAR_DAYS, vy * YEAR_DAYS, vz * YEAR_DAYS, mass * SOLAR_MASS)
            self._bodies.append(body)
        sun = self._bodies[0]
        for body in self._bodies:
            sun.vx -= body.vx * body.mass / SOLAR_MASS
            sun.vy -= body.vy * body.mass / SOLAR_MASS
            sun.vz -= body.vz * body.mass / SOLAR_MASS

    def run(self, times: int) -> str:
        for _ in range(times * STEPS):
            self._advance(STEP_YEARS)
        return f"{self._energy():.12f} {self._bodies[0].x:.12f}"

    def _advance(self, by: float) -> None:
        bodies = self._bodies
        for i, one in enumerate(bodies):
            for j in range(i + 1, len(bodies)):
                other = bodies[j]
                dx = one.x - other.x
                dy = one.y - other.y
                dz = one.z - other.z
                square = dx * dx + dy * dy + dz * dz
                pull = by / (square * math.sqrt(square))
                one.vx -= dx * other.mass * pull
                one.vy -= dy * other.mass * pull
                one.vz -= dz * other.mass * pull
                other.vx += dx * one.mass * pull
                other.vy += dy * one.mass * pull
                other.vz += dz * one.mass * pull
        for body in bodies:
            body.x += by * body.vx
            body.y += by * body.vy
            body.z += by * body.vz

    def _energy(self) -> float:
        total = 0.0
        for i, one in enumerate(self._bodies):
            total += 0.5 * one.mass * (one.vx * one.vx + one.vy * one.vy + one.vz * one.vz)
            for other in self._bodies[i + 1 :]:
                dx = one.x - other.x
                dy = one.y - other.y
                dz = one.z - other.z
                total -= one.mass * other.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
        return total
