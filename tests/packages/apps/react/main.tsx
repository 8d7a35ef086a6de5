import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { settings } from '../settings'

const services = await settings()

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
)
