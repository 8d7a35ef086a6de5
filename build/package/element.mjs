import { ChatWidget } from './index.mjs'
import { defineElement } from './custom-element.mjs'

export { defineElement }

defineElement(ChatWidget)
