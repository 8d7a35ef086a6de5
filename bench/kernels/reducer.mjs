// The message reducer by hand: the same immutable states and the same order of tellings. It leaves out events of other
// names and taking listeners back.

import { readText, writeText } from './codec.mjs'

const ROOM_OF = 400
const START_MS = 1_795_000_000_000
const MOST = 10_000

const BEGIN = {
  status: 'disconnected', authenticated: false, userId: '', userName: '', room: null, messages: [], participants: [], emotes: [], error: null,
}

class State {
  now = BEGIN
  subscribers = []

  add(message) {
    let messages = [...this.now.messages, message]
    if (messages.length > MOST) messages = messages.slice(-MOST)
    this.put({ ...this.now, messages })
  }

  mark(id, delivery) {
    const old = this.now.messages
    for (let index = old.length - 1; index >= 0; index--) {
      const message = old[index]
      if (message.id !== id || !message.mine) continue
      if (message.delivery !== delivery) {
        const messages = [...old]
        messages[index] = { ...message, delivery }
        this.put({ ...this.now, messages })
      }
      return
    }
  }

  put(state) {
    this.now = state
    tell(this.subscribers, state)
  }
}

function tell(listeners, payload) {
  for (const listener of listeners) {
    try {
      listener(payload)
    } catch (error) {
      queueMicrotask(() => { throw error })
    }
  }
}

class Messages {
  constructor(state, listeners) {
    this.state = state
    this.listeners = listeners
  }

  received(opened, mySub) {
    const body = readText(opened.body)
    const message = {
      id: opened.msgId,
      roomId: 'room',
      senderId: opened.sub,
      senderName: opened.name,
      timestamp: new Date(opened.tsMs).toISOString(),
      content: body.text,
      encrypted: true,
      emoteIds: body.emotes,
      customEmojiIds: body.emoji,
      type: 'message',
      delivery: 'received',
      mine: opened.sub === mySub,
      flags: opened.flags,
    }
    this.state.add(message)
    tell(this.listeners, message)
  }
}

export class Kernel {
  heard = 0
  lengths = 0
  texts = Array.from({ length: ROOM_OF }, (_, number) => ({
    sub: `user${number % 5}`,
    name: `Person ${number % 5}`,
    msgId: number.toString(16).padStart(32, '0'),
    tsMs: START_MS + number * 777,
    body: writeText({ text: `Message ${number}, which is neither short nor long.`, emotes: [], emoji: [] }),
    flags: [],
  }))

  run(times) {
    this.heard = this.lengths = 0
    let [state, messages] = this.room()
    for (let number = 0; number < times; number++) {
      const place = number % ROOM_OF
      if (place === 0) [state, messages] = this.room()
      messages.received(this.texts[place], 'user0')
      if (place % 4 === 0) state.mark(this.texts[place].msgId, 'sent')
    }
    const shown = state.now.messages.at(-1)
    return `${this.heard} ${this.lengths} ${shown.id} ${shown.timestamp} ${shown.content} ${state.now.messages.length}`
  }

  room() {
    const state = new State()
    state.subscribers.push((now) => { this.lengths += now.messages.length })
    return [state, new Messages(state, [() => { this.heard += 1 }])]
  }
}
