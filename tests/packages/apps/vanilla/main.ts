import { ChatWidget, version, type ChatMessage } from 'strixun-chat'
import { settings } from '../settings'

const container = document.querySelector<HTMLElement>('#chat')!
const heard = document.querySelector('#heard')!
const mountInPage = location.search === '?in-page'
const emoji = async (language: string) =>
  (await (language === '' ? import('strixun-chat/languages/emoji.json') : import('strixun-chat/languages/emoji.de.json'))).default
const chat = new ChatWidget({ container, mountInPage, autoAuth: true, emoji, ...(await settings()) })

chat.on('message:received', (message: ChatMessage) => {
  heard.append(Object.assign(document.createElement('li'), { textContent: message.content }))
})
document.querySelector('#end')!.addEventListener('click', () => chat.destroy())
document.documentElement.dataset.version = version
