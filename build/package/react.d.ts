// The React component of Strixun Chat.

import type { HTMLAttributes, ReactElement } from 'react';
import type { ChatProps } from './props.js';

export interface StrixunChatProps extends ChatProps, Omit<HTMLAttributes<HTMLDivElement>, keyof ChatProps | 'children'> {
  children?: never;
}

/** A chat in a `div`. Another setting makes another chat; another callback does not. */
export declare function StrixunChat(props: StrixunChatProps): ReactElement;

export default StrixunChat;
