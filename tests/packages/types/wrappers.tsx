// The components and the element, as TypeScript sees them.

import { createElement } from 'react'
import { defineElement, type StrixunChatElement } from 'strixun-chat/element'
import { StrixunChat, type StrixunChatProps } from 'strixun-chat/react'
import { StrixunChat as SvelteChat } from 'strixun-chat/svelte'
import { mount } from 'svelte'

const services = { authApiUrl: '', signalingUrl: '', otpEncryptionKey: '' }
const props: StrixunChatProps = { ...services, className: 'chat', 'aria-label': 'Chat', onState: (state) => state.room }

export const shown = (
  <StrixunChat {...props} id="chat" onMessage={(message) => message.content} onError={(error) => error.code} />
)
export const made = createElement(StrixunChat, props)
mount(SvelteChat, { target: document.body, props: { ...services, class: 'chat', onRoomChange: (room) => room?.roomId } })

const element: StrixunChatElement = document.createElement('strixun-chat')
element.config = { iceServers: [] }
element.addEventListener('room:change', (event) => event.detail?.roomId)
element.addEventListener('click', (event) => event.type)
defineElement(customElements.get('x') as never, 'other-chat')

// @ts-expect-error the component is its own container
export const placed = <StrixunChat {...services} containerId="chat" />
// @ts-expect-error no services
export const bare = <StrixunChat />
// @ts-expect-error a chat has no children
export const parent = <StrixunChat {...services}>text</StrixunChat>
// @ts-expect-error the chat is the element's own
element.chat = null
