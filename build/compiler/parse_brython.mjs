// Parses Python with Brython's own parser: {files: [{path, text}]} as JSON on stdin, one line of JSON for each on stdout.
//
// usage: node parse_brython.mjs path/to/brython.js
//
// Literals are handed back as they are spelled (hex between \x01 and \x02), because Brython stores their values
// escaped for JavaScript; parse.py reads the spelling.

import { readFileSync, writeSync } from 'node:fs'
import vm from 'node:vm'

const POSITIONS = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset']

const OPENING = ['LPAR', 'LSQB', 'LBRACE']
const CLOSING = ['RPAR', 'RSQB', 'RBRACE']

// What brython.js touches while it loads, for want of a page.
const PAGE = {
  self: globalThis,
  global: globalThis,
  module: { exports: {} },
  addEventListener: () => {},
  navigator: { userLanguage: 'en', language: 'en' },
}

function loadBrython(path) {
  // Defined, not assigned: Node has some of these itself, from 21 on a navigator that only reads.
  for (const [name, value] of Object.entries(PAGE)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  for (const level of ['log', 'info', 'warn', 'debug']) console[level] = (...args) => console.error(...args)
  vm.runInThisContext(readFileSync(path, 'utf8'), { filename: 'brython.js' })
  return globalThis.__BRYTHON__ ?? PAGE.module.exports.__BRYTHON__
}

const spelled = (text) => '\x01' + Buffer.from(text, 'utf8').toString('hex') + '\x02'

function keepSpelling($B) {
  const pegen = $B._PyPegen
  const place = (node, token) => {
    for (const key of POSITIONS) node[key] = token[key]
    return node
  }
  pegen.constant_from_string = (p, token) => {
    const prefix = /^[a-z]*/i.exec(token.string)[0].toLowerCase()
    const text = spelled(token.string)
    const value = prefix.includes('b') ? $B.builtins.bytes.$factory([...Buffer.from(text)]) : text
    return place(new $B.ast.Constant(value, $B.builtins.None), token)
  }
  const numberToken = pegen.number_token
  pegen.number_token = (p) => {
    const before = p.mark
    const node = numberToken(p)
    if (node) node.$number = p.tokens[before].string
    return node
  }
  const formattedValue = pegen.formatted_value
  pegen.formatted_value = (p, expression, debug, ...rest) => {
    const node = formattedValue(p, expression, debug, ...rest)
    // f'{x=}': the text "x=" is the source from the brace on, with the blanks that follow.
    if (node instanceof $B.ast.JoinedStr) {
      const start = offset(p.src, node.lineno, node.col_offset) + 1
      const end = offset(p.src, debug.end_lineno, debug.end_col_offset)
      const blanks = /^\s*/.exec(p.src.slice(end))[0]
      node.values[0].value = spelled(JSON.stringify(p.src.slice(start, end) + blanks))
    }
    return node
  }
}

function offset(text, line, column) {
  let start = 0
  for (let before = 1; before < line; before += 1) start = text.indexOf('\n', start) + 1
  return start + column
}

// The tokenizer forgets two things: the prefix of a triple-quoted string starts before its three quotes, and a line
// that begins inside an f-string is a new line for columns too.
function mendColumns($B) {
  const tokenizer = $B.tokenizer
  const kinds = $B.py_tokens
  const [opens, closes] = [OPENING, CLOSING].map((names) => names.map((name) => kinds[name]))
  $B.tokenizer = (src, ...rest) => {
    const tokens = tokenizer(src, ...rest)
    const starts = [0]
    for (let at = src.indexOf('\n'); at >= 0; at = src.indexOf('\n', at + 1)) starts.push(at + 1)
    let base = 0 // the line that columns are counted from; 0 while that is the token's own
    let previous = 1
    const open = [] // of each f-string that has not ended, how many brackets are open in it
    for (const token of tokens) {
      const kind = token.num_type
      const startsText = kind === kinds.FSTRING_START
      const isText = open.at(-1) === 0
      if ((kind === kinds.STRING || startsText) && /^[a-z]+("""|''')/i.test(token.string)) token.col_offset -= 2
      if (token.lineno > previous) base = isText ? base || previous : 0
      if (base !== 0) {
        const shift = starts[base - 1] - starts[token.lineno - 1]
        token.col_offset += shift
        if (token.end_lineno === token.lineno) token.end_col_offset += shift
      }
      if (kind === kinds.STRING && token.end_lineno > token.lineno) base = 0
      if (startsText) open.push(0)
      else if (kind === kinds.FSTRING_END) open.pop()
      else if (open.length > 0 && opens.includes(kind)) open[open.length - 1] += 1
      else if (open.length > 0 && closes.includes(kind)) open[open.length - 1] -= 1
      previous = token.end_lineno
    }
    return tokens
  }
}

// By the time it complains of an indent, the parser has replaced the tokens that it takes the place from.
function mendIndentErrors($B) {
  const pegen = $B._PyPegen
  const original = pegen.set_syntax_error
  pegen.set_syntax_error = (p, token) => {
    try {
      return original(p, token)
    } catch (error) {
      const indents = [$B.py_tokens.INDENT, $B.py_tokens.DEDENT]
      if (indents.includes(token.num_type)) Object.assign(error, { lineno: token.lineno, offset: token.end_col_offset + 1 })
      throw error
    }
  }
}

function writer($B) {
  const { None, Ellipsis, bytes } = $B.builtins
  const constant = (node) => {
    const value = node.value
    if (node.$number !== undefined) return { number: node.$number }
    if (value === None || value === undefined) return { name: 'None' }
    if (value === true) return { name: 'True' }
    if (value === false) return { name: 'False' }
    if (value === Ellipsis) return { name: 'Ellipsis' }
    if (typeof value === 'string') return { text: value }
    if ($B.exact_type(value, bytes)) return { bytes: Buffer.from(value.source).toString('latin1') }
    throw new Error('no way to write the constant ' + String(value))
  }
  const write = (value) => {
    if (value === undefined || value === null || value === None) return null
    if (Array.isArray(value)) return value.map(write)
    if (typeof value === 'function') return { _: value.$name }
    if (typeof value !== 'object') return value
    const kind = value.constructor.$name
    if (kind === undefined) return value.kind ? write(value.kind) : null
    const result = { _: kind }
    if (value.lineno !== undefined) result.at = POSITIONS.map((key) => value[key])
    for (const field of value.constructor._fields ?? []) {
      result[field] = kind === 'Constant' && field === 'value' ? constant(value) : write(value[field])
    }
    return result
  }
  return write
}

function failure(error) {
  const message = String(error?.args?.[0] ?? error?.message ?? error)
  return { error: message, line: error?.lineno ?? 1, column: error?.offset ?? 1 }
}

const $B = loadBrython(process.argv[2])
keepSpelling($B)
mendColumns($B)
mendIndentErrors($B)
const write = writer($B)
const { files } = JSON.parse(readFileSync(0, 'utf8'))
const answers = files.map(({ path, text }) => {
  try {
    return JSON.stringify({ tree: write($B.pythonToAST(text, path, 'file')) }) // this too may run out of stack
  } catch (error) {
    return JSON.stringify(failure(error))
  }
})
const out = Buffer.from(answers.join('\n'))
for (let start = 0; start < out.length; ) {
  try {
    start += writeSync(1, out, start)
  } catch (error) {
    if (error.code !== 'EAGAIN') throw error
  }
}
process.exit(0)
