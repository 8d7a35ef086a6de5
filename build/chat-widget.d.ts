// Types of Strixun Chat: of the global `StrixunChat` of the script, and of the ES module.

export as namespace StrixunChat;

/** The version of the files, such as "1.0.0". */
export declare const version: string;

export interface ChatConfig {
  /** Address of the sign-in service. */
  authApiUrl: string;
  /** Address of the signaling service. */
  signalingUrl: string;
  /** Public service key of the sign-in service; begins with "cwk1.". */
  otpEncryptionKey: string;
  /** `id` of the element that the chat is put into. */
  containerId?: string;
  /** STUN and TURN servers; none by default. */
  iceServers?: RTCIceServer[];
  /** Keep emote lists between visits; default true. */
  emoteCache?: boolean;
  /** Sent with each request to the two services. */
  customHeaders?: Record<string, string>;
  /** Default: as the reader's system. */
  theme?: 'dark' | 'light';
  /** Show the sign-in at once; default false. */
  autoAuth?: boolean;
  /** When sealed messages may travel through the signaling service; default "fallback". */
  relay?: 'fallback' | 'never' | 'always';
  /** Room to join after sign-in: an id or an invite. */
  room?: string;
  /** Stylesheet to use instead of the one beside the script. */
  cssUrl?: string;
  /** Mount in the page instead of a shadow root; default false. */
  mountInPage?: boolean;
  onReady?: (chat: ChatWidget) => void;
  onAuthRequired?: () => void;
  onError?: (error: ChatError) => void;
}

/** What a call rejects with, and what `onError` gets. `message` is a sentence for people, `code` is stable. */
export interface ChatError extends Error {
  code: string;
}

export type Status = 'disconnected' | 'connecting' | 'connected' | 'error';

export interface ChatState {
  readonly status: Status;
  readonly authenticated: boolean;
  /** Always null: tokens never reach the page. */
  readonly token: null;
  readonly userId: string;
  readonly userName: string;
  readonly room: RoomMetadata | null;
  readonly messages: readonly ChatMessage[];
  readonly participants: readonly Participant[];
  readonly emotes: readonly EmoteData[];
  readonly error: string | null;
}

export interface RoomMetadata {
  readonly roomId: string;
  readonly broadcasterId: string;
  readonly broadcasterName: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly participantCount: number;
  readonly isPublic: boolean;
  readonly capacity: number;
  readonly customName?: string;
  /** Only for members of a private room. */
  readonly invite?: string;
}

export interface ChatMessage {
  readonly id: string;
  readonly roomId: string;
  readonly senderId: string;
  readonly senderName: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly content: string;
  readonly encrypted: boolean;
  readonly emoteIds: readonly string[];
  readonly customEmojiIds: readonly string[];
  readonly type: 'message' | 'system' | 'join' | 'leave';
  readonly delivery: 'received' | 'sending' | 'sent' | 'failed';
  readonly mine: boolean;
  readonly flags: readonly string[];
}

export interface Participant {
  readonly userId: string;
  readonly userName: string;
  /** ISO 8601, UTC. */
  readonly joinedAt: string;
  readonly isOnline: boolean;
  readonly link: 'connecting' | 'direct' | 'relayed' | 'lost';
  readonly isMe: boolean;
  readonly isHost: boolean;
}

export interface EmoteData {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly animated: boolean;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly provider: '7tv' | 'custom';
}

export interface ChatEvents {
  'auth:change': { authenticated: boolean; token: null };
  'auth:required': null;
  'auth:logout': null;
  'room:change': RoomMetadata | null;
  'message:received': ChatMessage;
  'connection:change': Status;
  error: ChatError;
}

export type Unsubscribe = () => void;

export declare class ChatWidget {
  constructor(config: ChatConfig);
  authenticate(): Promise<void>;
  isAuthenticated(): boolean;
  logout(): Promise<void>;
  createRoom(options?: { customName?: string; isPublic?: boolean }): Promise<RoomMetadata>;
  joinRoom(roomId: string): Promise<RoomMetadata>;
  leaveRoom(): Promise<void>;
  sendMessage(content: string, options?: { emoteIds?: string[]; customEmojiIds?: string[] }): Promise<void>;
  getActiveRooms(): Promise<RoomMetadata[]>;
  parseEmotes(content: string): Promise<{ parsed: string; emoteIds: string[] }>;
  getState(): ChatState;
  subscribe(callback: (state: ChatState) => void): Unsubscribe;
  on<Name extends keyof ChatEvents>(event: Name, callback: (payload: ChatEvents[Name]) => void): Unsubscribe;
  off<Name extends keyof ChatEvents>(event: Name, callback: (payload: ChatEvents[Name]) => void): void;
  destroy(): void;
}
