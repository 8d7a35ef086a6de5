// What the React and the Svelte component take besides the attributes of their element.

import type { ChatConfig, ChatEvents, ChatState } from './index.js';

export interface ChatProps extends Omit<ChatConfig, 'container' | 'containerId'> {
  onAuthChange?: (change: ChatEvents['auth:change']) => void;
  onLogout?: () => void;
  onRoomChange?: (room: ChatEvents['room:change']) => void;
  onMessage?: (message: ChatEvents['message:received']) => void;
  onConnectionChange?: (status: ChatEvents['connection:change']) => void;
  onOpen?: () => void;
  onClose?: () => void;
  onUnread?: (count: ChatEvents['unread']) => void;
  /** Each new state, as `chat.subscribe` gives it. */
  onState?: (state: ChatState) => void;
}
