// Opening frames and checking their events by hand: the same order of checks, the same ports that answer at once. It leaves
// out what these frames never meet: epochs that were replaced.

import { Writer, bytes, hex, join, malformed, readContent, readHeader, writeContent, writeHead, writeHeader, writeText } from './codec.mjs'

const PACKETS = 256
const EACH_MS = 100
const START_MS = 1_795_000_000_000
const KID = bytes('0011223344556677')
const ROOM = new Uint8Array(16)
const POINT = Uint8Array.of(4, ...new Uint8Array(64))
const encoder = new TextEncoder()

const crypto = {
  sha256: async (data) => data.slice(-32),
  seal: async (key, nonce, plaintext, aad) => join(plaintext, new Uint8Array(16)),
  open: async (key, nonce, sealed, aad) => sealed.slice(0, -16),
  sign: async (key, data) => new Uint8Array(64),
  verify: async (key, signature, data) => true,
}

const drop = (why) => malformed(why)
const labelled = (label, data) => join(encoder.encode('cw1/'), encoder.encode(label), Uint8Array.of(0), data)
const frameAad = (room, head) => labelled('frm', new Writer().fixed(room, 16).fixed(head, 16).done())
const equal = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index])

class Budget {
  constructor(perS, burst, nowMs) {
    this.perS = perS
    this.full = this.left = burst * 1000
    this.atMs = nowMs
  }

  take(amount, nowMs) {
    this.left = Math.min(this.full, this.left + Math.max(0, nowMs - this.atMs) * this.perS)
    this.atMs = nowMs
    if (this.left < amount * 1000) return false
    this.left -= amount * 1000
    return true
  }
}

class CountedKey {
  constructor(salt) {
    this.salt = salt
  }

  nonce(counter) {
    const nonce = this.salt.slice()
    const view = new DataView(nonce.buffer)
    view.setUint32(8, view.getUint32(8) ^ counter)
    return nonce
  }

  open(counter, sealed, aad) {
    return crypto.open('key', this.nonce(counter), sealed, aad)
  }
}

class Frames {
  budgets = new Map()
  asked = new Map()
  drops = new Map()

  constructor(epoch) {
    this.epoch = epoch
  }

  async open(packet, via, nowMs) {
    try {
      return await this.openKnown(this.epochOf(packet, via, nowMs), packet, via)
    } catch (error) {
      if (error.reason === undefined) throw error
      this.drops.set(error.reason, (this.drops.get(error.reason) ?? 0) + 1)
      return null
    }
  }

  epochOf(packet, via, nowMs) {
    if (packet.length > 15904 || packet.length < 160) throw drop('a frame of impossible size')
    if (packet[0] !== 0xc1) throw drop('not a frame of this version')
    const { type, kid } = readHeader(packet)
    this.pay(type, via, packet.length, nowMs)
    if (!equal(kid, this.epoch.kid)) throw drop('a frame of an unknown epoch')
    return this.epoch
  }

  pay(type, via, length, nowMs) {
    if (type === 2) {
      if ((this.asked.get(via) ?? 0) <= 0) throw drop('an answer to nothing')
      return
    }
    if (type !== 1) throw drop('a frame of unknown type')
    let budget = this.budgets.get(via)
    if (budget === undefined) {
      budget = { frames: new Budget(30, 300, nowMs), bytes: new Budget(65_536, 262_144, nowMs) }
      this.budgets.set(via, budget)
    }
    if (!budget.frames.take(1, nowMs) || !budget.bytes.take(length, nowMs)) throw drop('a neighbour sends too much')
  }

  async openKnown(epoch, packet, via) {
    const header = readHeader(packet)
    if (header.index >= epoch.roster.length || epoch.roster[header.index] !== via) {
      throw drop('not the place of who hands it over')
    }
    const head = packet.slice(0, 16)
    const content = await epoch.keys[header.index].open(header.counter, packet.slice(16), frameAad(ROOM, head))
    const events = readContent(content)
    if (header.type === 2) this.asked.set(via, (this.asked.get(via) ?? 0) - Math.max(1, events.length))
    return { sid: via, type: header.type, events }
  }
}

const eventSigned = (event) => labelled('event', writeHead(event))
const bodyHash = async (body) => hex(await crypto.sha256(body))
const eventId = async (event) => hex((await crypto.sha256(eventSigned(event))).subarray(0, 16))

async function checkEvent(event, author) {
  if (event.body !== null && (await bodyHash(event.body)) !== event.bodyHash) throw drop("a body that is not the event's")
  if (author.key.length !== 65 || author.key[0] !== 4) throw drop('a public key is 65 bytes that start with 04')
  if (event.signature.length !== 64 || !(await crypto.verify(author.key, event.signature, eventSigned(event)))) {
    throw drop('an event that its author did not sign')
  }
}

const PEOPLE = [0, 1, 2].map((place) => ({ sid: place.toString(16).padStart(32, '0'), key: POINT }))

const member = (myIndex) => new Frames({
  kid: KID, roster: PEOPLE.map(({ sid }) => sid), keys: PEOPLE.map(() => new CountedKey(new Uint8Array(12))), myIndex,
})

export class Kernel {
  packets = []

  async run(times) {
    if (this.packets.length === 0) await this.seal()
    let frames = member(0)
    const author = PEOPLE[1]
    let total = 0
    let last = ''
    for (let number = 0; number < times; number++) {
      const place = number % PACKETS
      if (place === 0) frames = member(0)
      const opened = await frames.open(this.packets[place], author.sid, START_MS + place * EACH_MS)
      if (opened === null) continue
      for (const event of opened.events) {
        const name = await eventId(event)
        await checkEvent(event, author)
        total += event.kind + (event.atMs % 1000) + event.seq
        last = `${opened.sid} ${name}`
      }
    }
    return `${total} ${last}`
  }

  async seal() {
    let prev = '0'.repeat(32)
    for (let number = 0; number < PACKETS; number++) {
      const body = writeText({ text: `message ${number} of many, and a little more`, emotes: [], emoji: [] })
      const event = {
        roomId: ROOM, author: PEOPLE[1].sid, seq: number + 1, prev, kid: '0011223344556677'.padEnd(32, '0'), clock: number + 1,
        atMs: START_MS + number * EACH_MS, kind: 1, bodyHash: await bodyHash(body), body,
      }
      event.signature = await crypto.sign('key', eventSigned(event))
      prev = await eventId(event)
      const head = writeHeader({ type: 1, kid: KID, index: 1, counter: number })
      const sealed = await crypto.seal('key', new Uint8Array(12), writeContent([event]), frameAad(ROOM, head))
      this.packets.push(join(head, sealed))
    }
  }
}
