// Opening frames by hand: the same order of checks, the same ports that answer at once. It leaves out what these frames never
// meet: epochs that were replaced, frames that wait for their epoch, and the answer to a message that comes twice.

import { Writer, bytes, hex, join, malformed, readContent, readHeader, readText, writeContent, writeHeader, writeText } from './codec.mjs'

const PACKETS = 256
const EACH_MS = 100
const START_MS = 1_795_000_000_000
const WINDOW = 1024
const NO_FRAME = '0'.repeat(32)
const KID = bytes('0011223344556677')
const ROOM = new Uint8Array(16)
const POINT = Uint8Array.of(4, ...new Uint8Array(64))
const encoder = new TextEncoder()

const crypto = {
  sha256: async (data) => data.slice(4, 36),
  seal: async (key, nonce, plaintext, aad) => join(plaintext, new Uint8Array(16)),
  open: async (key, nonce, sealed, aad) => sealed.slice(0, -16),
  sign: async (key, data) => new Uint8Array(64),
  verify: async (key, signature, data) => true,
}

const drop = (why) => malformed(why)
const labelled = (label, data) => join(encoder.encode('cw1/'), encoder.encode(label), Uint8Array.of(0), data)
const frameAad = (room, head) => labelled('frm', new Writer().fixed(room, 16).fixed(head, 16).done())
const messageSigned = (room, head, padded) => labelled('msg', new Writer().fixed(room, 16).fixed(head, 16).raw(padded).done())
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

class Window {
  top = -1
  seen = new Map()

  below(counter) {
    return counter <= this.top - WINDOW
  }

  mark(counter, hash) {
    if (this.below(counter) || this.seen.has(counter)) return false
    this.seen.set(counter, hash)
    if (counter > this.top) {
      const start = Math.max(0, this.top - WINDOW + 1)
      const end = Math.min(this.top, counter - WINDOW)
      for (let old = start; old <= end; old++) this.seen.delete(old)
      this.top = counter
    }
    return true
  }

  completeBelow(counter) {
    const start = Math.max(0, this.top - WINDOW + 1)
    if (counter === this.top + 1) return this.seen.size === counter - start
    for (let earlier = start; earlier < counter; earlier++) {
      if (!this.seen.has(earlier)) return false
    }
    return true
  }
}

class Author {
  hashes = []
  twoTongued = false

  remember(hash) {
    this.hashes.push(hash)
    if (this.hashes.length > 64) this.hashes.shift()
  }

  flags(counter, prev, complete) {
    if (this.twoTongued || (complete && this.denies(counter, prev))) return ['equivocation']
    const lostBefore = counter === 0 && this.hashes.length > 0 && !this.hashes.includes(prev)
    return complete && !lostBefore ? [] : ['missing']
  }

  denies(counter, prev) {
    if (counter === 0 || this.hashes.includes(prev)) return false
    return prev !== NO_FRAME || counter >= 4
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
  authors = new Map()
  budgets = new Map()
  ids = new Set()
  drops = new Map()

  constructor(epoch) {
    this.epoch = epoch
  }

  async open(packet, via, nowMs) {
    try {
      return await this.openKnown(this.epochOf(packet), packet, via, nowMs)
    } catch (error) {
      if (error.reason === undefined) throw error
      this.drops.set(error.reason, (this.drops.get(error.reason) ?? 0) + 1)
      return null
    }
  }

  epochOf(packet) {
    if (packet.length > 16384 || packet.length < 224) throw drop('a frame of impossible size')
    if (packet[0] !== 0xc1) throw drop('not a frame of this version')
    const { type, kid } = readHeader(packet)
    if (type < 1 || type > 3) throw drop('a frame of unknown type')
    if (!equal(kid, this.epoch.kid)) throw drop('a frame of an unknown epoch')
    return this.epoch
  }

  spend(via, length, nowMs) {
    let budget = this.budgets.get(via)
    if (budget === undefined) {
      budget = { frames: new Budget(10, 30, nowMs), bytes: new Budget(65_536, 131_072, nowMs) }
      this.budgets.set(via, budget)
    }
    if (!budget.frames.take(1, nowMs) || !budget.bytes.take(length, nowMs)) throw drop('a neighbour sends too much')
  }

  async openKnown(epoch, packet, via, nowMs) {
    const header = readHeader(packet)
    if (header.index >= epoch.members.length) throw drop('nobody has that place in the roster')
    if (header.index === epoch.myIndex) throw drop('my own frame came back')
    const window = epoch.window(header.index)
    if (window.below(header.counter)) throw drop('a frame too old to tell whether it is new')
    this.spend(via, packet.length, nowMs)
    const hash = hex((await crypto.sha256(packet)).subarray(0, 16))
    const twin = window.seen.get(header.counter)
    if (twin === hash) throw drop('a frame came again')
    const author = epoch.members[header.index]
    const padded = await this.decrypt(epoch, header, packet, author)
    const memory = this.author(author.sid)
    if (twin !== undefined) {
      memory.twoTongued = true
      throw drop('two frames with one counter')
    }
    const complete = window.completeBelow(header.counter)
    if (!window.mark(header.counter, hash)) throw drop('a frame came again')
    const content = readContent(padded)
    const flags = memory.flags(header.counter, hex(content.prev), complete)
    memory.remember(hash)
    return this.deliver(author, header, content, flags, nowMs)
  }

  async decrypt(epoch, header, packet, author) {
    const head = packet.slice(0, 16)
    const plaintext = await epoch.keys[header.index].open(header.counter, packet.slice(16), frameAad(ROOM, head))
    const padded = plaintext.slice(0, -64)
    const signature = plaintext.slice(-64)
    if (author.key.length !== 65 || author.key[0] !== 4) throw drop('a public key is 65 bytes that start with 04')
    if (signature.length !== 64 || !(await crypto.verify(author.key, signature, messageSigned(ROOM, head, padded)))) {
      throw drop('a frame that its author did not sign')
    }
    return padded
  }

  deliver(author, header, content, flags, nowMs) {
    if (content.kind !== 1 || header.type !== 1) throw drop('unknown kind of body')
    readText(content.body)
    const msgId = hex(content.msgId)
    this.once(author.sub + msgId)
    if (Math.abs(content.tsMs - nowMs) > 300_000) flags.push('clock')
    const { sid, sub, name } = author
    return { sid, sub, name, type: header.type, kind: content.kind, msgId, tsMs: content.tsMs, body: content.body, flags }
  }

  once(name) {
    if (this.ids.has(name)) throw drop('a message came again')
    this.ids.add(name)
    if (this.ids.size > 4096) this.ids.delete(this.ids.values().next().value)
  }

  author(sid) {
    let found = this.authors.get(sid)
    if (found === undefined) {
      found = new Author()
      this.authors.set(sid, found)
    }
    return found
  }
}

function member(myIndex) {
  const members = [0, 1, 2].map((place) => ({
    sid: place.toString(16).padStart(32, '0'), sub: `user${place}`, name: `Person ${place}`, key: POINT,
  }))
  const windows = new Map()
  const window = (index) => {
    if (!windows.has(index)) windows.set(index, new Window())
    return windows.get(index)
  }
  return new Frames({ kid: KID, members, keys: members.map(() => new CountedKey(new Uint8Array(12))), myIndex, window })
}

export class Kernel {
  packets = []

  async run(times) {
    if (this.packets.length === 0) await this.seal()
    let frames = member(0)
    let total = 0
    let last = ''
    for (let number = 0; number < times; number++) {
      const place = number % PACKETS
      if (place === 0) frames = member(0)
      const opened = await frames.open(this.packets[place], 'via', START_MS + place * EACH_MS)
      if (opened !== null) {
        total += opened.kind + (opened.tsMs % 1000) + opened.flags.length + opened.body.length
        last = `${opened.sub} ${opened.msgId}`
      }
    }
    return `${total} ${last}`
  }

  async seal() {
    let prev = new Uint8Array(16)
    for (let number = 0; number < PACKETS; number++) {
      const body = writeText({ text: `message ${number} of many, and a little more`, emotes: [], emoji: [] })
      const msgId = bytes(number.toString(16).padStart(32, '0'))
      const head = writeHeader({ type: 1, kid: KID, index: 1, counter: number })
      const padded = writeContent({ msgId, tsMs: START_MS + number * EACH_MS, prev, kind: 1, body })
      const signature = await crypto.sign('key', messageSigned(ROOM, head, padded))
      const packet = join(head, await crypto.seal('key', new Uint8Array(12), join(padded, signature), frameAad(ROOM, head)))
      prev = (await crypto.sha256(packet)).slice(0, 16)
      this.packets.push(packet)
    }
  }
}
