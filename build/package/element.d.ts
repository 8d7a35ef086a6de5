// The custom element `<strixun-chat>`; importing this module registers it.

import type { ChatConfig, ChatError, ChatEvents, ChatWidget } from './index.js';

/** Events of the element, each with the payload in `detail`; they do not bubble. */
export interface StrixunChatElementEventMap {
  ready: CustomEvent<ChatWidget>;
  error: CustomEvent<ChatError>;
  'auth:change': CustomEvent<ChatEvents['auth:change']>;
  'auth:required': CustomEvent<ChatEvents['auth:required']>;
  'auth:logout': CustomEvent<ChatEvents['auth:logout']>;
  'room:change': CustomEvent<ChatEvents['room:change']>;
  'message:received': CustomEvent<ChatEvents['message:received']>;
  'connection:change': CustomEvent<ChatEvents['connection:change']>;
}

/** Settings are attributes (`auth-api-url`, `theme`), read when the element comes into the page. */
export interface StrixunChatElement extends HTMLElement {
  /** Settings that no attribute can hold, such as `iceServers`; set it before the element comes into the page. */
  config: Partial<ChatConfig> | null;
  /** The running chat; null while the element is not in a page, or when the chat could not start. */
  readonly chat: ChatWidget | null;
  addEventListener<Name extends keyof StrixunChatElementEventMap>(
    type: Name,
    listener: (event: StrixunChatElementEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Registers the element under another name too; does nothing where the name is taken, and on a server. */
export declare function defineElement(chat: typeof ChatWidget, name?: string): void;

declare global {
  interface HTMLElementTagNameMap {
    'strixun-chat': StrixunChatElement;
  }
}
