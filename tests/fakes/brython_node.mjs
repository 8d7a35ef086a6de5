// Stock Brython in Node.

import { readFileSync } from 'node:fs'
import vm from 'node:vm'

// What a page has and Node lacks. Brython reads `window.name` by mistake, and its own Set.difference is broken.
const PAGE = {
  name: '',
  self: globalThis,
  global: globalThis,
  module: { exports: {} },
  addEventListener: () => {},
  navigator: { userLanguage: 'en', language: 'en' },
  location: { href: 'http://localhost/', origin: 'http://localhost', pathname: '/', protocol: 'http:', host: 'localhost' },
}

/** Loads brython.js and brython_stdlib.js, which lie there; what they say goes to standard error. */
export function loadBrython(...paths) {
  for (const [name, value] of Object.entries(PAGE)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  Set.prototype.difference ??= function (other) {
    return new Set([...this].filter((item) => !other.has(item)))
  }
  for (const level of ['log', 'info', 'warn', 'debug']) console[level] = (...args) => console.error(...args)
  for (const path of paths) vm.runInThisContext(readFileSync(path, 'utf8'), { filename: path })
  globalThis.document.dispatchEvent = () => {}
  return globalThis.__BRYTHON__
}
