// The Svelte 5 component of Strixun Chat.

import type { Component } from 'svelte';
import type { HTMLAttributes } from 'svelte/elements';
import type { ChatProps } from './props.js';

export interface StrixunChatProps extends ChatProps, Omit<HTMLAttributes<HTMLDivElement>, keyof ChatProps | 'children'> {
  children?: never;
}

/** A chat in a `div`. Another setting makes another chat; another callback does not. */
export declare const StrixunChat: Component<StrixunChatProps>;

export default StrixunChat;
