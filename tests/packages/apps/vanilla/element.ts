import 'strixun-chat/element'
import { settings } from '../settings'

const heard = document.querySelector('#heard')!
const element = document.createElement('strixun-chat')
const { authApiUrl, signalingUrl, otpEncryptionKey } = await settings()

element.setAttribute('auth-api-url', authApiUrl)
element.setAttribute('signaling-url', signalingUrl)
element.setAttribute('otp-encryption-key', otpEncryptionKey)
element.setAttribute('auto-auth', '')
element.config = { customHeaders: {} }
element.addEventListener('message:received', (event) => {
  heard.append(Object.assign(document.createElement('li'), { textContent: event.detail.content }))
})
document.querySelector('main')!.append(element)
document.querySelector('#move')!.addEventListener('click', () => document.body.append(element))
document.querySelector('#end')!.addEventListener('click', () => element.remove())
