// One side of a comparison in a process of its own, so that none meets what another does to JavaScript's own objects:
// reads how many times from standard input, line by line, and answers each with {us, result} or {error} as a line. `us` is
// microseconds of processor time.
//
// usage: node side.mjs module.mjs                                     (which exports `kernel`)
//        node side.mjs program.py brython.js brython_stdlib.js        (under stock Brython; answers `library` too, what it
//        imported of that, as a page would load it)

import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

import { loadBrython } from '../../tests/fakes/brython_node.mjs'

const [program, ...brython] = process.argv.slice(2)

const imported = ({ VFS, imported }) =>
  Object.fromEntries(Object.entries(VFS).filter(([name]) => name in imported && !name.startsWith('bench_')))
const inBrython = () => {
  const $B = loadBrython(...brython)
  return new Promise((resolve, reject) => {
    globalThis.benchHub = {
      made: (run) => resolve({ run, library: JSON.stringify(imported($B)) }),
      failed: (why) => reject(new Error(why)),
    }
    $B.update_VFS({
      bench_program: ['.py', readFileSync(program, 'utf8'), []],
      bench_hub: ['.js', '__BRYTHON__.addToImported("bench_hub", globalThis.benchHub)', []],
    })
    $B.runPythonSource(RUNNER, 'bench_runner')
  })
}
const RUNNER = `
import bench_hub
try:
    import bench_program
    kernel = bench_program.Kernel()
    bench_hub.made(lambda times: kernel.run(times))
except BaseException as error:
    bench_hub.failed(type(error).__name__ + ": " + str(error))
`

const write = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`)

async function loaded() {
  if (brython.length > 0) return await inBrython()
  const { kernel } = await import(pathToFileURL(program))
  return { run: (times) => kernel.run(times) }
}

try {
  const { run, library } = await loaded()
  for await (const line of createInterface({ input: process.stdin })) {
    const begun = process.cpuUsage()
    const result = run(Number(line))
    const { user, system } = process.cpuUsage(begun)
    write({ us: user + system, result: String(result), library })
  }
} catch (error) {
  write({ error: `${error.name}: ${error.message}`.replace(/^Error: /, '') })
  process.exitCode = 1
}
