// The planets around the sun by hand.

const STEPS = 20
const YEAR_DAYS = 365.24
const SOLAR_MASS = 4 * Math.PI * Math.PI
const PLANETS = [
  [4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023, 0.000954791938424326609],
  [8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -0.00276742510726411899, 0.00499852801234917238, 0.0000230417297573763929, 0.000285885980666130812],
  [12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 0.00296460137564761618, 0.0023784717395948095, -0.0000296589568540237556, 0.0000436624404335156298],
  [15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.00268067772490389322, 0.00162824170038242295, -0.000095159225451971587, 0.0000515138902046611451],
]

export class Kernel {
  bodies = [{ x: 0, y: 0, z: 0, vx: 0, vy: 0, vz: 0, mass: SOLAR_MASS }]

  constructor() {
    for (const [x, y, z, vx, vy, vz, mass] of PLANETS) {
      this.bodies.push({ x, y, z, vx: vx * YEAR_DAYS, vy: vy * YEAR_DAYS, vz: vz * YEAR_DAYS, mass: mass * SOLAR_MASS })
    }
    const sun = this.bodies[0]
    for (const body of this.bodies) {
      sun.vx -= (body.vx * body.mass) / SOLAR_MASS
      sun.vy -= (body.vy * body.mass) / SOLAR_MASS
      sun.vz -= (body.vz * body.mass) / SOLAR_MASS
    }
  }

  run(times) {
    for (let i = 0; i < times * STEPS; i++) this.advance(0.01)
    return `${this.energy().toFixed(12)} ${this.bodies[0].x.toFixed(12)}`
  }

  advance(by) {
    const bodies = this.bodies
    for (let i = 0; i < bodies.length; i++) {
      const one = bodies[i]
      for (let j = i + 1; j < bodies.length; j++) {
        const other = bodies[j]
        const dx = one.x - other.x
        const dy = one.y - other.y
        const dz = one.z - other.z
        const square = dx * dx + dy * dy + dz * dz
        const pull = by / (square * Math.sqrt(square))
        one.vx -= dx * other.mass * pull
        one.vy -= dy * other.mass * pull
        one.vz -= dz * other.mass * pull
        other.vx += dx * one.mass * pull
        other.vy += dy * one.mass * pull
        other.vz += dz * one.mass * pull
      }
    }
    for (const body of bodies) {
      body.x += by * body.vx
      body.y += by * body.vy
      body.z += by * body.vz
    }
  }

  energy() {
    let total = 0
    for (let i = 0; i < this.bodies.length; i++) {
      const one = this.bodies[i]
      total += 0.5 * one.mass * (one.vx * one.vx + one.vy * one.vy + one.vz * one.vz)
      for (let j = i + 1; j < this.bodies.length; j++) {
        const other = this.bodies[j]
        const dx = one.x - other.x
        const dy = one.y - other.y
        const dz = one.z - other.z
        total -= (one.mass * other.mass) / Math.sqrt(dx * dx + dy * dy + dz * dz)
      }
    }
    return total
  }
}
