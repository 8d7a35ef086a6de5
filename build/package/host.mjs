// What the React and the Svelte component share: which property is what, and a chat in an element.

import { ChatWidget } from './index.mjs'

export const SETTINGS = [
  'authApiUrl', 'signalingUrl', 'otpEncryptionKey', 'iceServers', 'emoteCache', 'emoteSet', 'twitchChannel', 'emoteCdnUrl',
  'customHeaders', 'theme', 'locale', 'messages', 'mode',
  'density', 'enterKey', 'autoAuth', 'guests', 'doors', 'relay', 'room', 'cssUrl', 'mountInPage',
]
export const CALLBACKS = ['onReady', 'onAuthRequired', 'onError', 'emoji']
export const PROVIDERS = ['tokenProvider'] // given on only where the page has one: with it the chat is another
export const EVENTS = {
  onAuthChange: 'auth:change',
  onLogout: 'auth:logout',
  onRoomChange: 'room:change',
  onMessage: 'message:received',
  onConnectionChange: 'connection:change',
  onOpen: 'open',
  onClose: 'close',
  onUnread: 'unread',
}
const OURS = [...SETTINGS, ...CALLBACKS, ...PROVIDERS, ...Object.keys(EVENTS), 'onState']

/** Only the settings: what makes a chat another chat when it changes. */
export function settingsOf(props) {
  return Object.fromEntries(SETTINGS.filter((name) => props[name] !== undefined).map((name) => [name, props[name]]))
}

/** Everything else: attributes of the element. */
export function attributesOf(props) {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !OURS.includes(name)))
}

/** Starts a chat in `container`; `current()` gives the callbacks of the moment. The returned function ends it. */
export function startChat(container, settings, current) {
  const call = (name, value) => current()[name]?.(value)
  const told = CALLBACKS.map((name) => [name, (value) => call(name, value)])
  const end = () => container.replaceChildren()
  try {
    const asked = PROVIDERS.filter((name) => current()[name]).map((name) => [name, () => call(name)])
    const chat = new ChatWidget({ ...settings, ...Object.fromEntries([...told, ...asked]), container })
    for (const [name, event] of Object.entries(EVENTS)) chat.on(event, (value) => call(name, value))
    chat.subscribe((state) => call('onState', state))
    return () => {
      chat.destroy()
      end()
    }
  } catch (error) {
    if (!error.code) throw error
    return end // `onError` was told, and the element shows what is wrong
  }
}
