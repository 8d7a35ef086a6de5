// What is said in the rooms of other chats: the same as in bench/kernels/busy_room.py.

import { createElement, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'

const START_MS = 1_795_000_000_000
const EACH_MS = 9_000
const PEOPLE = 7
const IN_A_ROW = 3
const WORDS = ['One', 'can', 'say', 'much', 'with', 'few', 'words:', 'https://example.org/words', 'shows', 'how.']

export const place = () => document.getElementById('chat-widget')

const message = (number) => {
  const who = Math.floor(number / IN_A_ROW) % PEOPLE
  const at = new Date(START_MS + number * EACH_MS)
  const content = WORDS.slice(0, (number % WORDS.length) + 1).join(' ')
  return { id: String(number), name: `Person ${who}`, isMine: who === 0, isFirst: number % IN_A_ROW === 0, at: at.toISOString(), time: at.toISOString().slice(11, 16), content }
}

// Messages never change here, so that each side may keep what it made of one: `shape` is called once for each.
export class Room {
  rows = []
  listeners = new Set()

  constructor(shape) {
    this.shape = shape
  }

  add(count) {
    const begun = this.rows.length
    this.rows = [...this.rows, ...Array.from({ length: count }, (_, number) => this.shape(message(begun + number)))]
    for (const listener of this.listeners) listener()
  }

  show(View) {
    const listen = (listener) => (this.listeners.add(listener), () => this.listeners.delete(listener))
    const All = () => createElement(View, { rows: useSyncExternalStore(listen, () => this.rows) })
    createRoot(place()).render(createElement(All))
  }
}
