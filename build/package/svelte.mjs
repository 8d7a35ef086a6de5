export { default, default as StrixunChat } from './StrixunChat.svelte'
