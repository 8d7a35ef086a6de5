// The wire codec by hand: a writer over one growing buffer, a reader over a view. All checks of ours are here, and nothing
// is left out.

const BUCKETS = [128, 256, 512, 1024, 2048, 4096, 8192, 15872]
const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const IS_ID = /^[0-9A-Za-z_-]{1,64}$/
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const malformed = (why) => Object.assign(new Error(why), { reason: 1 })

export class Writer {
  constructor() {
    this.data = new Uint8Array(64)
    this.view = new DataView(this.data.buffer)
    this.length = 0
  }

  room(count) {
    const at = this.length
    this.length += count
    if (this.length > this.data.length) {
      const grown = new Uint8Array(Math.max(this.length, 2 * this.data.length))
      grown.set(this.data.subarray(0, at))
      this.data = grown
      this.view = new DataView(grown.buffer)
    }
    return at
  }

  u8(value) {
    if (!(value >= 0 && value < 256)) throw malformed(`${value} does not fit 1 byte`)
    const at = this.room(1)
    this.view.setUint8(at, value)
    return this
  }

  u16(value) {
    if (!(value >= 0 && value < 65536)) throw malformed(`${value} does not fit 2 bytes`)
    const at = this.room(2)
    this.view.setUint16(at, value)
    return this
  }

  u32(value) {
    if (!(value >= 0 && value < 2 ** 32)) throw malformed(`${value} does not fit 4 bytes`)
    const at = this.room(4)
    this.view.setUint32(at, value)
    return this
  }

  u64(value) {
    return this.u32(Math.floor(value / 2 ** 32)).u32(value % 2 ** 32)
  }

  fixed(bytes, length) {
    if (bytes.length !== length) throw malformed(`expected ${length} bytes, got ${bytes.length}`)
    return this.raw(bytes)
  }

  raw(bytes) {
    const at = this.room(bytes.length)
    this.data.set(bytes, at)
    return this
  }

  short(bytes) {
    return this.u8(bytes.length).raw(bytes)
  }

  long(bytes) {
    return this.u16(bytes.length).raw(bytes)
  }

  done() {
    return this.data.slice(0, this.length)
  }
}

export class Reader {
  constructor(data) {
    this.data = data
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength)
    this.at = 0
  }

  skip(count) {
    const at = this.at
    if (at + count > this.data.length) throw malformed('message ends too early')
    this.at += count
    return at
  }

  u8() {
    return this.view.getUint8(this.skip(1))
  }

  u16() {
    return this.view.getUint16(this.skip(2))
  }

  u32() {
    return this.view.getUint32(this.skip(4))
  }

  u64() {
    const high = this.u32()
    if (high >= 2 ** 21) throw malformed('a u64 above 2**53')
    return high * 2 ** 32 + this.u32()
  }

  fixed(length) {
    const at = this.skip(length)
    return this.data.slice(at, this.at)
  }

  short() {
    return this.fixed(this.u8())
  }

  long() {
    return this.fixed(this.u16())
  }

  rest() {
    return this.fixed(this.data.length - this.at)
  }

  end() {
    if (this.at !== this.data.length) throw malformed('message has bytes left over')
  }
}

export function utf8(bytes) {
  try {
    return decoder.decode(bytes)
  } catch {
    throw malformed('text is not UTF-8')
  }
}

export function bucketFor(length) {
  const bucket = BUCKETS.find((size) => length <= size)
  if (bucket === undefined) throw malformed('content too long')
  return bucket
}

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export function hex(bytes) {
  let digits = ''
  for (const byte of bytes) digits += PAIRS[byte]
  return digits
}

export const bytes = (hexText) => Uint8Array.from(hexText.match(/../g), (pair) => parseInt(pair, 16))

export const writeHeader = ({ type, kid, index, counter }) =>
  new Writer().u8(0xc1).u8(type).fixed(kid, 8).u16(index).u32(counter).done()

export function readHeader(data) {
  const reader = new Reader(data)
  if (reader.u8() !== 0xc1) throw malformed('not a frame')
  return { type: reader.u8(), kid: reader.fixed(8), index: reader.u16(), counter: reader.u32() }
}

export function writeContent({ msgId, tsMs, prev, kind, body }) {
  const data = new Writer().fixed(msgId, 16).u64(tsMs).fixed(prev, 16).u8(kind).long(body).done()
  return join(data, new Uint8Array(bucketFor(data.length) - data.length))
}

export function readContent(data) {
  const reader = new Reader(data)
  const content = {
    msgId: reader.fixed(16), tsMs: reader.u64(), prev: reader.fixed(16), kind: reader.u8(), body: reader.long(),
  }
  const padding = reader.rest()
  if (padding.some((byte) => byte !== 0) || data.length !== bucketFor(data.length - padding.length)) {
    throw malformed('padding is wrong')
  }
  return content
}

export function writeText({ text, emotes, emoji }) {
  const writer = new Writer().long(encoder.encode(text))
  for (const ids of [emotes, emoji]) {
    writer.u8(ids.length)
    for (const id of ids) writer.short(encoder.encode(id))
  }
  return writer.done()
}

export function readText(data) {
  const reader = new Reader(data)
  const body = { text: utf8(reader.long()), emotes: readIds(reader), emoji: readIds(reader) }
  reader.end()
  if (body.text === '' || [...body.text].length > 4000) throw malformed('body does not fit its kind')
  return body
}

function readIds(reader) {
  const count = reader.u8()
  if (count > 40) throw malformed('body does not fit its kind')
  const ids = []
  for (let i = 0; i < count; i++) ids.push(utf8(reader.short()))
  if (!ids.every((id) => IS_ID.test(id))) throw malformed('body does not fit its kind')
  return ids
}

export class Kernel {
  kid = bytes('0011223344556677')
  msgId = bytes('000102030405060708090a0b0c0d0e0f')
  prev = bytes('f0e0d0c0b0a090807060504030201000')
  body = { text: 'Grüße! Shall we meet at noon, or is one better? 🙂', emotes: ['01F6MQ33FG000FFJ97ZB8MWV52'], emoji: ['wave_1'] }

  run(times) {
    let total = 0
    let frame = new Uint8Array()
    for (let number = 0; number < times; number++) {
      const header = writeHeader({ type: 1, kid: this.kid, index: number % 16, counter: number })
      const { msgId, prev } = this
      const tsMs = 1_795_000_000_000 + number
      frame = join(header, writeContent({ msgId, tsMs, prev, kind: 1, body: writeText(this.body) }))
      const seen = readHeader(frame)
      const back = readContent(frame.slice(16))
      const said = readText(back.body)
      total += seen.index + seen.counter + (back.tsMs % 1000) + [...said.text].length + said.emotes.length
    }
    return `${total} ${hex(frame)}`
  }
}
