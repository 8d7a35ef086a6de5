// react-virtuoso, on which Stream's VirtualizedMessageList stands, with plain rows of half our elements.

import { createElement as h, createRef } from 'react'
import { Virtuoso } from 'react-virtuoso'
import { Room, place } from './rivals.mjs'

const shape = ({ id, name, isMine, isFirst, at, time, content }) => ({
  id,
  element: h('article', { className: isMine ? 'row mine' : 'row' },
    isFirst && h('p', null, h('b', null, name), ' ', h('time', { dateTime: at }, time)),
    h('p', { className: 'bubble', dir: 'auto' }, content)),
})
const room = new Room(shape)
const list = createRef()
const View = ({ rows }) => h(Virtuoso, {
  ref: list,
  data: rows,
  style: { height: '100%' },
  initialTopMostItemIndex: rows.length - 1,
  followOutput: true,
  computeItemKey: (_, row) => row.id,
  itemContent: (_, row) => row.element,
})

export const begin = (count) => { room.add(count); room.show(View) }
export const say = () => room.add(1)
export const root = place
export const scroller = () => place().querySelector('[data-virtuoso-scroller]')
export const home = () => list.current.scrollToIndex(0)
