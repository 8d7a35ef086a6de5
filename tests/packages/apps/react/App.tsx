import { useState } from 'react'
import { StrixunChat, type StrixunChatProps } from 'strixun-chat/react'

export function App({ services }: { services: StrixunChatProps }) {
  const [heard, setHeard] = useState<string[]>([])
  const [shown, setShown] = useState(true)
  const [theme, setTheme] = useState<'dark' | 'light'>('dark')
  return (
    <>
      {shown && (
        <StrixunChat
          {...services}
          autoAuth
          theme={theme}
          className="chat"
          onMessage={(message) => setHeard([...heard, message.content])}
        />
      )}
      <ul id="heard">
        {heard.map((text, place) => (
          <li key={place}>{text}</li>
        ))}
      </ul>
      <button id="light" onClick={() => setTheme('light')}>Light</button>
      <button id="end" onClick={() => setShown(false)}>End</button>
    </>
  )
}
