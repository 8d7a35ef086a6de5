// `<strixun-chat>`: a chat whose settings are attributes, and whose events are events of the element.
// Python cannot extend HTMLElement, so this is written by hand; it uses the public ChatWidget and nothing else.

const EVENTS = [
  'auth:change', 'auth:required', 'auth:logout', 'room:change', 'message:received', 'connection:change', 'open', 'close', 'unread',
]

/** Settings by attribute: `auth-api-url` is `authApiUrl`. What no attribute can hold comes from `element.config`. */
function settings(element) {
  const found = { ...element.config }
  for (const { name, value } of element.attributes) {
    found[name.replace(/-./g, (dash) => dash[1].toUpperCase())] = value
  }
  const callback = (name, event) => (value) => {
    element.dispatchEvent(new CustomEvent(event, { detail: value }))
    element.config?.[name]?.(value)
  }
  return { ...found, container: element, onReady: callback('onReady', 'ready'), onError: callback('onError', 'error') }
}

function start(element, ChatWidget) {
  // A box that cannot be sized would be of no use to a chat; any rule of the page for the element wins.
  if (getComputedStyle(element).display === 'inline') element.style.display = 'block'
  try {
    element.chat = new ChatWidget(settings(element))
    for (const event of EVENTS) {
      element.chat.on(event, (detail) => element.dispatchEvent(new CustomEvent(event, { detail })))
    }
  } finally {
    element.shown = element.lastElementChild // a chat that cannot start shows why
  }
}

function stop(element) {
  element.chat?.destroy()
  element.shown?.remove()
  element.chat = element.shown = null
}

/** Does nothing where the name is taken, and on a server. */
export function defineElement(ChatWidget, name = 'strixun-chat') {
  if (typeof customElements === 'undefined' || customElements.get(name)) return
  class StrixunChatElement extends HTMLElement {
    connectedCallback() {
      if (!this.shown) start(this, ChatWidget)
    }
    disconnectedCallback() {
      // A moved element is taken out and put in again at once: its chat goes on.
      queueMicrotask(() => this.isConnected || stop(this))
    }
  }
  Object.assign(StrixunChatElement.prototype, { config: null, chat: null, shown: null })
  customElements.define(name, StrixunChatElement)
}
