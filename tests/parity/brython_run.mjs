// Runs Python modules under stock Brython in Node: {modules: VFS, scenarios: [name]} as JSON on stdin,
// {name: transcript in hex of UTF-8} on stdout.
//
// usage: node brython_run.mjs path/to/brython.js path/to/brython_stdlib.js

import { readFileSync, writeSync } from 'node:fs'
import vm from 'node:vm'

// What a page has and Node lacks. Brython reads `window.name` by mistake, and its own Set.difference is broken.
const page = {
  name: '',
  self: globalThis,
  global: globalThis,
  module: { exports: {} },
  addEventListener: () => {},
  navigator: { userLanguage: 'en', language: 'en' },
  location: { href: 'http://localhost/', origin: 'http://localhost', pathname: '/', protocol: 'http:', host: 'localhost' },
}
for (const [name, value] of Object.entries(page)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
Set.prototype.difference ??= function (other) {
  return new Set([...this].filter((item) => !other.has(item)))
}
for (const level of ['log', 'info', 'warn', 'debug']) console[level] = (...args) => console.error(...args)

const RUNNER = `
import sys
import parity_hub
from browser import aio

class Transcript:
    def __init__(self):
        self.parts = []
    def write(self, text):
        self.parts.append(text)
    def flush(self):
        pass

async def run(name):
    transcript = sys.stdout = Transcript()
    try:
        __import__(name)
        module = sys.modules[name]
        if hasattr(module, "main"):
            result = module.main()
            if result is not None:
                await result
    except BaseException as error:
        print("uncaught", type(error).__name__, error)
    parity_hub.report(name, "".join(transcript.parts).encode("utf-8", "surrogatepass").hex())

async def run_all(names):
    for name in names:
        await run(name)
    parity_hub.finish()

aio.run(run_all(parity_hub.names()))
`

function finish(reports) {
  const out = Buffer.from(JSON.stringify(reports))
  for (let start = 0; start < out.length; ) {
    try {
      start += writeSync(1, out, start)
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
  process.exit(0)
}

const [brython, stdlib] = process.argv.slice(2)
vm.runInThisContext(readFileSync(brython, 'utf8'), { filename: 'brython.js' })
vm.runInThisContext(readFileSync(stdlib, 'utf8'), { filename: 'brython_stdlib.js' })
globalThis.document.dispatchEvent = () => {}
const $B = globalThis.__BRYTHON__
const { modules, scenarios } = JSON.parse(readFileSync(0, 'utf8'))
const reports = {}
globalThis.parityHub = {
  names: () => $B.$list([...scenarios]),
  report: (name, transcript) => {
    reports[name] = transcript
  },
  finish: () => finish(reports),
}
// Nothing left to wait for: a scenario waits for what never comes.
process.on('beforeExit', () => finish(reports))
$B.update_VFS({ ...modules, parity_hub: ['.js', '__BRYTHON__.addToImported("parity_hub", globalThis.parityHub)', []] })
$B.runPythonSource(RUNNER, 'parity_runner')
