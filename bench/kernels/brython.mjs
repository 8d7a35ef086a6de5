// Runs the kernels under stock Brython: {modules: VFS, kernels: {name: module}} as JSON on stdin, {name: {ns, result}} on
// stdout. Times are processor time, the median of five rounds after one that warms up.
//
// usage: node brython.mjs path/to/brython.js path/to/brython_stdlib.js

import './page.mjs'

import { readFileSync } from 'node:fs'

import { loadBrython } from '../../tests/fakes/brython_node.mjs'

const fake = globalThis.document
delete globalThis.document
const RUNNER = `
import sys
import browser
import bench_hub
from browser import aio

browser.window = bench_hub.page  # which Brython has only where it finds a page

async def run(kernel, times):
    begun = bench_hub.now()
    result = kernel.run(times)
    if aio.iscoroutine(result):
        result = await result
    return bench_hub.now() - begun, result

async def measure(name, module):
    __import__(module)
    kernel = sys.modules[module].Kernel()
    took, result = await run(kernel, 100)
    times = 16
    while took < bench_hub.round_us:
        times *= 4
        took, _ = await run(kernel, times)
    rounds = []
    for _ in range(5):
        took, _result = await run(kernel, times)
        rounds.append(took * 1000 // times)
    rounds.sort()
    bench_hub.report(name, rounds[2], result.encode("utf-8").hex())

async def run_all():
    for name in bench_hub.names():
        try:
            await measure(name, bench_hub.module(name))
        except BaseException as error:
            bench_hub.failed(name, type(error).__name__ + " " + str(error))
    bench_hub.finish()

aio.run(run_all())
`

const $B = loadBrython(...process.argv.slice(2))
const { modules, kernels } = JSON.parse(readFileSync(0, 'utf8'))
const reports = {}
globalThis.benchHub = {
  page: globalThis,
  round_us: 20_000,
  names: () => $B.$list(Object.keys(kernels)),
  module: (name) => kernels[name],
  now: () => {
    const { user, system } = process.cpuUsage()
    return user + system
  },
  report: (name, ns, result) => {
    reports[name] = { ns: Number(ns), result: Buffer.from(result, 'hex').toString('utf8') }
  },
  failed: (name, why) => {
    console.error(`${name}: ${why}`)
    process.exitCode = 1
  },
  finish: () => {
    process.stdout.write(JSON.stringify(reports), () => process.exit())
  },
}
fake.dispatchEvent = () => {}
Object.defineProperty(globalThis, 'document', { value: fake, configurable: true })
$B.update_VFS({ ...modules, bench_hub: ['.js', '__BRYTHON__.addToImported("bench_hub", globalThis.benchHub)', []] })
$B.runPythonSource(RUNNER, 'bench_runner')
