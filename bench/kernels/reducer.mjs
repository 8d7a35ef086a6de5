// The reducer by hand: the same log without gaps, the same order, the same lines. It leaves out what never comes here: forks,
// goodbyes, texts that are said once more, lines that no event brought, and forgetting.

import { readText, writeText } from './codec.mjs'

const ROOM_OF = 400
const PEOPLE = 5
const EACH_MS = 100
const START_MS = 1_795_000_000_000
const SWAPPED = 40
const CLOCK_STEP = 65536
const WAITING = 256
const IN_EPOCH = 2048
const LATE_MS = 10_000
const SNAPSHOT_EACH = 256

const refuse = (why) => { throw Object.assign(new Error(why), { reason: 1 }) }

class Chain {
  entries = []
  waiting = new Map()

  get first() {
    return this.entries.length === 0 ? 0 : this.entries[0].event.seq
  }

  get last() {
    return this.entries.length === 0 ? 0 : this.entries.at(-1).event.seq
  }

  find(seq) {
    return this.entries[seq - this.first] ?? this.waiting.get(seq)
  }

  wait(entry) {
    if (this.waiting.size >= WAITING) refuse('too many events wait for those before them')
    this.waiting.set(entry.event.seq, entry)
  }

  link(entry) {
    const { event } = entry
    if (this.entries.length === 0) {
      this.entries.push(entry)
    } else if (event.seq === this.last + 1) {
      this.check(this.entries.at(-1), entry)
      if (this.entries[this.entries.length - IN_EPOCH]?.event.kid === event.kid) refuse('too many events in one epoch')
      this.entries.push(entry)
    } else if (event.seq === this.first - 1) {
      this.check(entry, this.entries[0])
      this.entries.unshift(entry)
    } else {
      return false
    }
    return true
  }

  next(clock) {
    const wanted = this.entries.length > 0 ? [this.first - 1, this.last + 1] : [...this.waiting.keys()].sort((one, other) => one - other)
    for (const seq of wanted) {
      const entry = this.waiting.get(seq)
      if (entry !== undefined && entry.event.clock <= clock) {
        this.waiting.delete(seq)
        return entry
      }
    }
    return null
  }

  check(before, after) {
    if (after.event.prev !== before.id) refuse('an event that follows another one than I hold')
    if (after.event.clock <= before.event.clock) refuse('a clock that does not rise')
  }
}

class Log {
  clock = 0
  chains = new Map()
  ids = new Map()

  place(entry) {
    const { event } = entry
    const chain = this.chains.get(event.author) ?? new Chain()
    const known = chain.find(event.seq)
    if (known !== undefined) {
      if (known.id !== entry.id) refuse('two events with one number')
      return []
    }
    const isNear = event.clock <= this.clock + CLOCK_STEP && chain.link(entry)
    if (!isNear) chain.wait(entry)
    this.chains.set(event.author, chain)
    if (!isNear) return []
    this.count(entry)
    return [entry, ...this.closeGaps()]
  }

  closeGaps() {
    const linked = []
    for (let found = true; found; ) {
      found = false
      for (const chain of this.chains.values()) {
        const entry = chain.waiting.size > 0 ? chain.next(this.clock + CLOCK_STEP) : null
        if (entry === null) continue
        found = true
        try {
          if (!chain.link(entry)) continue
        } catch (error) {
          if (error.reason === undefined) throw error
          continue
        }
        this.count(entry)
        linked.push(entry)
      }
    }
    return linked
  }

  count(entry) {
    this.ids.set(entry.id, entry)
    this.clock = Math.max(this.clock, entry.event.clock)
  }
}

const after = (one, other) => one.event.clock - other.event.clock || (one.event.author < other.event.author ? -1 : 1)

class Fold {
  items = []
  lines = []
  snapshots = [{ count: 0, lines: [] }]
  gone = new Set()

  add(entries, nowMs) {
    const folded = this.items.length
    let first = folded
    for (const entry of entries) {
      const at = this.index(entry)
      entry.isLate = this.items.slice(at).some((item) => nowMs - item.sinceMs > LATE_MS)
      this.items.splice(at, 0, entry)
      first = Math.min(first, at)
    }
    this.foldFrom(first, folded)
  }

  index(entry) {
    let [low, high] = [0, this.items.length]
    if (high === 0 || after(this.items[high - 1], entry) < 0) return high
    while (low < high) {
      const middle = (low + high) >> 1
      if (after(this.items[middle], entry) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  foldFrom(first, folded) {
    if (first < folded) {
      while (this.snapshots.at(-1).count > first) this.snapshots.pop()
      const { count, lines } = this.snapshots.at(-1)
      this.lines = [...lines]
      first = count
    }
    for (let index = first; index < this.items.length; index++) {
      this.apply(this.items[index])
      if ((index + 1) % SNAPSHOT_EACH === 0) this.snapshots.push({ count: index + 1, lines: [...this.lines] })
    }
  }

  apply({ event, id, author, isLate, isOdd }) {
    if (event.body === null || event.kind !== 1 || this.gone.has(event.author)) return
    const body = readText(event.body)
    this.lines.push({
      id,
      roomId: 'room',
      senderId: author.sub,
      senderName: author.name,
      timestamp: new Date(event.atMs).toISOString(),
      content: body.text,
      encrypted: true,
      emoteIds: body.emotes,
      customEmojiIds: body.emoji,
      type: 'message',
      delivery: 'received',
      mine: author.sub === 'user0',
      flags: [...(isLate ? ['late'] : []), ...(isOdd ? ['clock'] : [])],
    })
  }
}

const name = (number) => Math.max(number + 1, 0).toString(16).padStart(32, '0')

function entryOf(number) {
  const who = number % PEOPLE
  const sid = `${who}`.repeat(32)
  return {
    event: {
      author: sid,
      seq: Math.floor(number / PEOPLE) + 1,
      prev: name(number - PEOPLE),
      kid: '00112233445566778899aabbccddeeff',
      clock: number + 1,
      atMs: START_MS + number * 777,
      kind: 1,
      body: writeText({ text: `Message ${number}, which is neither short nor long.`, emotes: [], emoji: [] }),
    },
    id: name(number),
    author: { sid, sub: `user${who}`, name: `Person ${who}` },
    sinceMs: number * EACH_MS,
    isOdd: false,
    isLate: false,
  }
}

export class Kernel {
  entries = Array.from({ length: ROOM_OF }, (_, number) => entryOf(number))

  constructor() {
    const { entries } = this
    for (let number = SWAPPED / 4; number < ROOM_OF; number += SWAPPED) {
      [entries[number], entries[number + PEOPLE]] = [entries[number + PEOPLE], entries[number]]
    }
  }

  run(times) {
    let [heard, lengths, shown] = [0, 0, []]
    let [log, fold] = [new Log(), new Fold()]
    for (let number = 0; number < times; number++) {
      const place = number % ROOM_OF
      if (place === 0) [log, fold] = [new Log(), new Fold()]
      const placed = this.place(log, this.entries[place])
      if (placed.length === 0) continue
      fold.add(placed, place * EACH_MS)
      shown = [...fold.lines]
      heard += placed.length
      lengths += shown.length
    }
    const last = shown.at(-1)
    return `${heard} ${lengths} ${log.clock} ${last.id} ${last.senderName} ${last.timestamp} ${last.content}`
  }

  place(log, entry) {
    try {
      return log.place(entry)
    } catch (error) {
      if (error.reason === undefined) throw error
      return []
    }
  }
}
