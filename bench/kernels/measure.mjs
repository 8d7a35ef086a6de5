// Measures compiled and hand-written kernels in turn in one process: {name: {compiled, hand, results}} on stdout.
// Times are the median of the rounds, in nanoseconds of processor time for one time: others may be using the machine.
//
// usage: node hand/measure.mjs round_ms rounds name...   (round_ms 0: only 100 times of each, for their results)

import { performance } from 'node:perf_hooks'

const WARM_UP_MS = 400
const [roundMs, rounds, ...names] = [Number(process.argv[2]), Number(process.argv[3]), ...process.argv.slice(4)]

const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1]

async function timed(kernel, times) {
  const begun = process.cpuUsage()
  await kernel.run(times)
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

async function warm(kernel) {
  let times = 8
  const end = performance.now() + WARM_UP_MS
  while (performance.now() < end) {
    if ((await timed(kernel, times)) < 20) times *= 2
  }
}

// So many times as fill a round, the same number for both sides.
async function fill(kernel) {
  let times = 8
  for (;;) {
    const ms = await timed(kernel, times)
    if (ms >= roundMs / 4) return Math.max(1, Math.round((times * roundMs) / ms))
    times *= 2
  }
}

const report = {}
for (const name of names) {
  const sides = {}
  for (const [side, folder] of [['hand', '.'], ['compiled', '../bench/kernels']]) {
    const { Kernel } = await import(`${folder}/${name}.mjs`)
    sides[side] = new Kernel()
  }
  const results = { hand: await sides.hand.run(100), compiled: await sides.compiled.run(100) }
  report[name] = { results }
  if (roundMs === 0) continue
  for (const kernel of Object.values(sides)) await warm(kernel)
  const times = await fill(sides.hand)
  const took = { hand: [], compiled: [] }
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? ['hand', 'compiled'] : ['compiled', 'hand']) {
      took[side].push(((await timed(sides[side], times)) / times) * 1e6)
    }
  }
  for (const side of Object.keys(took)) report[name][side] = median(took[side])
}
process.stdout.write(JSON.stringify(report))
