// Runs Python modules under stock Brython in Node: {modules: VFS, scenarios: [name]} as JSON on stdin,
// {name: transcript in hex of UTF-8} on stdout.
//
// usage: node brython_run.mjs path/to/brython.js path/to/brython_stdlib.js

import { readFileSync, writeSync } from 'node:fs'

import { loadBrython } from '../fakes/brython_node.mjs'

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

const $B = loadBrython(...process.argv.slice(2))
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
