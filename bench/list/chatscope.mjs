// @chatscope/chat-ui-kit-react: every message is in the page. The elements of messages are kept, the best case.

import { createElement as h } from 'react'
import { ChatContainer, MainContainer, Message, MessageList } from '@chatscope/chat-ui-kit-react'
import { Room, place } from './rivals.mjs'

const shape = (message) => h(Message, {
  key: message.id,
  model: { message: message.content, sentTime: message.time, sender: message.name, direction: message.isMine ? 'outgoing' : 'incoming', position: message.isFirst ? 'first' : 'normal' },
})
const room = new Room(shape)
const View = ({ rows }) => h(MainContainer, null, h(ChatContainer, null, h(MessageList, { scrollBehavior: 'auto' }, rows)))

export const begin = (count) => { room.add(count); room.show(View) }
export const say = () => room.add(1)
export const root = place
export const scroller = () => place().querySelector('.cs-message-list__scroll-wrapper')
export const home = () => { scroller().scrollTop = 0 }
