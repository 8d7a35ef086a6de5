// What the declarations must refuse: each line below a directive is an error, or the directive itself is one.

import { ChatWidget, type ChatState } from 'strixun-chat'

const services = { authApiUrl: '', signalingUrl: '', otpEncryptionKey: '' }
// @ts-expect-error no services
new ChatWidget({ containerId: 'chat' })
// @ts-expect-error no such theme
const one = new ChatWidget({ ...services, containerId: 'chat', theme: 'blue' })
// @ts-expect-error no such setting
new ChatWidget({ ...services, containerID: 'chat' })
// @ts-expect-error no such event
one.on('message:sent', () => {})
// @ts-expect-error another payload
one.on('room:change', (room: string) => room)
// @ts-expect-error a state cannot be changed
one.getState().authenticated = true
// @ts-expect-error nor its lists
one.getState().messages.push()
// @ts-expect-error there is no token
const token: string = one.getState().token
// @ts-expect-error a room may be null
one.getState().room.roomId
// @ts-expect-error a room has an id
one.joinRoom()
// @ts-expect-error not a list
one.sendMessage('hello', { emoteIds: 'smile' })
export const state: ChatState | string = token
