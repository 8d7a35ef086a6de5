import type { ChatConfig } from 'strixun-chat'

/** Where the services are, as the test's server says. */
export async function settings(): Promise<Pick<ChatConfig, 'authApiUrl' | 'signalingUrl' | 'otpEncryptionKey'>> {
  return (await fetch('/settings.json')).json()
}
