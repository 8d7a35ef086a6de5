// What the declarations must allow, and what each thing is.

import * as chat from 'strixun-chat'
import { ChatWidget, version } from 'strixun-chat'
import type {
  ChatConfig, ChatError, ChatEvents, ChatMessage, ChatState, CreateRoomOptions, CustomEmoji, EmoteData, MessageFlag,
  ParsedEmotes, Participant, RemoveMemberOptions, RoomMetadata, SendOptions, SetEmotesOptions, Status, Unsubscribe,
} from 'strixun-chat'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(..._equal: Equal<A, B> extends true ? [] : ['these types differ']): void => {}

const services = { authApiUrl: '', signalingUrl: '', otpEncryptionKey: '' }
const config: ChatConfig = {
  ...services,
  container: document.body,
  containerId: 'chat',
  iceServers: [{ urls: ['stun:stun.example.org'] }],
  emoteCache: false,
  customHeaders: { 'X-Tenant': 'one' },
  theme: 'light',
  autoAuth: true,
  relay: 'always',
  room: '',
  emoji: async (language) => [language],
  cssUrl: '',
  mountInPage: true,
  onReady: (ready) => same<typeof ready, ChatWidget>(),
  onAuthRequired: () => {},
  onError: (error) => same<typeof error.code, string>(),
}
const one = new ChatWidget(config)
const plain: (error: Error) => void = console.error
new chat.ChatWidget({ ...services, onError: plain })

same<typeof version, string>()
same<ReturnType<typeof one.authenticate>, Promise<void>>()
same<ReturnType<typeof one.isAuthenticated>, boolean>()
same<ReturnType<typeof one.createRoom>, Promise<RoomMetadata>>()
same<Parameters<typeof one.createRoom>, [options?: CreateRoomOptions]>()
same<ReturnType<typeof one.joinRoom>, Promise<RoomMetadata>>()
same<Parameters<typeof one.setEmotes>, [options?: SetEmotesOptions]>()
same<Parameters<typeof one.removeMember>, [userId: string, options?: RemoveMemberOptions]>()
same<ReturnType<typeof one.setModerator>, Promise<void>>()
same<ReturnType<typeof one.safetyNumber>, Promise<string>>()
same<Parameters<typeof one.compare>, [userId: string, same: boolean]>()
same<ReturnType<typeof one.getRoomCode>, string>()
same<Parameters<typeof one.sendMessage>, [content: string, options?: SendOptions]>()
same<ReturnType<typeof one.getActiveRooms>, Promise<RoomMetadata[]>>()
same<ReturnType<typeof one.parseEmotes>, Promise<ParsedEmotes>>()
same<ReturnType<typeof one.getState>, ChatState>()
same<ChatState['status'], Status>()
same<ChatState['messages'], readonly ChatMessage[]>()
same<ChatState['participants'], readonly Participant[]>()
same<ChatState['emotes'], readonly EmoteData[]>()
same<ChatMessage['flags'], readonly MessageFlag[]>()
same<CustomEmoji['uploadedBy'], string>()

const stop: Unsubscribe = one.on('message:received', (message) => same<typeof message, ChatMessage>())
one.on('auth:change', ({ authenticated, token }) => {
  same<typeof authenticated, boolean>()
  same<typeof token, null>()
})
one.on('auth:required', (nothing) => same<typeof nothing, null>())
one.on('auth:logout', (nothing) => same<typeof nothing, null>())
one.on('room:change', (room) => same<typeof room, RoomMetadata | null>())
one.on('connection:change', (status) => same<typeof status, Status>())
one.on('error', (error) => same<typeof error, ChatError>())
one.off('error', plain)
same<keyof ChatEvents, Parameters<typeof one.on>[0]>()
stop()
one.subscribe((state) => same<typeof state, ChatState>())()
