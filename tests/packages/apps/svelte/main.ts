import { mount } from 'svelte'
import App from './App.svelte'
import { settings } from '../settings'

mount(App, { target: document.body, props: { services: await settings() } })
