'use client'

import { createElement, useEffect, useRef } from 'react'
import { attributesOf, settingsOf, startChat } from './host.mjs'

/** A chat in a `div`. Another setting makes another chat; another callback does not. */
export function StrixunChat(props) {
  const place = useRef(null)
  const latest = useRef(props)
  const settings = JSON.stringify(settingsOf(props))
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => startChat(place.current, settingsOf(latest.current), () => latest.current), [settings])
  return createElement('div', { ...attributesOf(props), ref: place })
}

export default StrixunChat
