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

  u48(value) {
    return this.u16(Math.floor(value / 2 ** 32)).u32(value % 2 ** 32)
  }

  hex(text, length) {
    if (text.length !== 2 * length) throw malformed(`expected ${length} bytes, got ${text.length / 2}`)
    return this.raw(bytes(text))
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

  u48() {
    return this.u16() * 2 ** 32 + this.u32()
  }

  hex(length) {
    return hex(this.fixed(length))
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

// An event without its signature.
export function writeHead({ roomId, author, seq, prev, kid, clock, atMs, kind, bodyHash }) {
  const writer = new Writer().u8(1).fixed(roomId, 16).hex(author, 16).u32(seq).hex(prev, 16).hex(kid, 16)
  return writer.u48(clock).u48(atMs).u8(kind).hex(bodyHash, 32).done()
}

export function writeContent(events) {
  const writer = new Writer().u8(events.length)
  for (const event of events) {
    writer.raw(writeHead(event)).fixed(event.signature, 64)
    if (event.body === null) writer.u16(65535)
    else writer.long(event.body)
  }
  const data = writer.done()
  return join(data, new Uint8Array(bucketFor(data.length) - data.length))
}

export function readContent(data) {
  const reader = new Reader(data)
  const events = []
  for (let left = reader.u8(); left > 0; left--) events.push(readEvent(reader))
  const padding = reader.rest()
  if (padding.some((byte) => byte !== 0) || data.length !== bucketFor(data.length - padding.length)) {
    throw malformed('padding is wrong')
  }
  return events
}

function readEvent(reader) {
  if (reader.u8() !== 1) throw malformed('unknown version of event')
  const event = {
    roomId: reader.fixed(16), author: reader.hex(16), seq: reader.u32(), prev: reader.hex(16), kid: reader.hex(16),
    clock: reader.u48(), atMs: reader.u48(), kind: reader.u8(), bodyHash: reader.hex(32), signature: reader.fixed(64),
    body: readBody(reader),
  }
  if (event.seq < 1) throw malformed('an event before the first')
  return event
}

function readBody(reader) {
  const length = reader.u16()
  if (length === 65535) return null
  if (length > 15360) throw malformed('a body too long')
  return reader.fixed(length)
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
  const body = { text: utf8(reader.long()), emotes: readIds(reader), emoji: readIds(reader), again: hex(reader.rest()) }
  if (body.text === '' || [...body.text].length > 4000 || (body.again !== '' && body.again.length !== 32)) {
    throw malformed('not a text')
  }
  return body
}

function readIds(reader) {
  const count = reader.u8()
  if (count > 40) throw malformed('not the ids of emotes')
  const ids = []
  for (let i = 0; i < count; i++) ids.push(utf8(reader.short()))
  if (!ids.every((id) => IS_ID.test(id))) throw malformed('not the ids of emotes')
  return ids
}

export class Kernel {
  kid = bytes('0011223344556677')
  body = { text: 'Grüße! Shall we meet at noon, or is one better? 🙂', emotes: ['01F6MQ33FG000FFJ97ZB8MWV52'], emoji: ['wave_1'] }
  roomId = bytes('000102030405060708090a0b0c0d0e0f')
  signature = bytes('0123456789abcdef'.repeat(8))

  run(times) {
    let total = 0
    let frame = new Uint8Array()
    for (let number = 0; number < times; number++) {
      const header = writeHeader({ type: 1, kid: this.kid, index: number % 16, counter: number })
      frame = join(header, writeContent([this.event(number)]))
      const seen = readHeader(frame)
      for (const event of readContent(frame.slice(16))) {
        if (event.body === null) continue
        const said = readText(event.body)
        total += event.seq + event.clock + (event.atMs % 1000) + [...said.text].length + said.emotes.length
      }
      total += seen.index + seen.counter
    }
    return `${total} ${hex(frame)}`
  }

  event(number) {
    return {
      roomId: this.roomId,
      author: 'f0e0d0c0b0a090807060504030201000',
      seq: number + 1,
      prev: '00112233445566778899aabbccddeeff',
      kid: '00112233445566778899aabbccddeeff',
      clock: number + 7,
      atMs: 1_795_000_000_000 + number,
      kind: 1,
      bodyHash: '0f1e2d3c4b5a69788796a5b4c3d2e1f0'.repeat(2),
      signature: this.signature,
      body: writeText(this.body),
    }
  }
}
