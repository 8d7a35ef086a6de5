// The whole widget. What all sides have in common is in bench/list/rivals.mjs.

import { BusyRoom } from './bench/kernels/busy_room.mjs'

let room

export const begin = (count) => { room = new BusyRoom(count) }
export const say = () => room.say()
export const root = () => document.getElementById('chat-widget').firstElementChild.shadowRoot
export const scroller = () => root().querySelector('.cw-log')
export const home = () => scroller().dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true, cancelable: true }))
