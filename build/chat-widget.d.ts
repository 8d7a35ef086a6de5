// Types of Strixun Chat: of the global `StrixunChat` of the script, and of the modules.

export as namespace StrixunChat;

/** The version of the files, such as "1.0.0". */
export declare const version: string;

/** What the page tells the chat. Give it a place by `containerId` or by `container`, unless it floats (`mode`). */
export interface ChatConfig {
  /** Address of the sign-in service. */
  authApiUrl: string;
  /** Address of the signaling service. */
  signalingUrl: string;
  /** Public service key of the sign-in service; begins with "cwk1.". */
  otpEncryptionKey: string;
  /** `id` of the element that the chat is put into. */
  containerId?: string;
  /** The element itself, instead of its id. */
  container?: HTMLElement;
  /** STUN and TURN servers; none by default. */
  iceServers?: RTCIceServer[];
  /** Whether the device keeps the lists of emotes, which are there at once at the next visit; default true. */
  emoteCache?: boolean;
  /** Id of a set of 7TV whose emotes the whole site has. */
  emoteSet?: string;
  /** Number of a Twitch channel whose 7TV emotes the whole site has. */
  twitchChannel?: string;
  /** Where 7TV's pictures lie, below `emote/`; default "https://cdn.7tv.app". For a mirror or a demo. */
  emoteCdnUrl?: string;
  /** Sent with each request to the two services; at most 20. */
  customHeaders?: Record<string, string>;
  /** "auto" (default) is as the reader's system; "contrast" is that with lines around everything. */
  theme?: 'dark' | 'light' | 'auto' | 'contrast';
  /** Language tag (BCP 47) of the chat's words, times and numbers; without it English. */
  locale?: string;
  /** The page's own words by English sentences, instead of a catalogue of ours. */
  messages?: Messages;
  /** Emoji for "", else their names in a language ("de"), instead of the files beside the script; asked when they are wanted. */
  emoji?: (language: string) => Promise<readonly string[]>;
  /** "inline" (default) in its place; a button opens "bubble" and "panel" over it, "popout" in a window; "overlay" only what is said. */
  mode?: 'inline' | 'bubble' | 'panel' | 'overlay' | 'popout';
  /** How close messages stand; default "cosy". */
  density?: 'cosy' | 'compact';
  /** What Enter does where one writes; default "send". With "newline" Control and Enter send. */
  enterKey?: 'send' | 'newline';
  /** Show the sign-in at once; default false. */
  autoAuth?: boolean;
  /** Offer to come in as a guest, where the sign-in service lets the site have guests; default false. */
  guests?: boolean;
  /** The ways in that the sign-in offers, the preferred one first; default "site" with `tokenProvider`, else "mail", and "guest" with `guests`. */
  doors?: ('site' | 'mail' | 'guest')[];
  /** Asked for a token of the site's own login, at the start and before each ends; null says that nobody is signed in there. */
  tokenProvider?: () => Promise<string | null> | string | null;
  /** The ways that sealed messages may take; default "fallback": directly, else through the signaling service. */
  relay?: 'fallback' | 'turn' | 'never' | 'always';
  /** Room to join after sign-in: an id or an invite; "page" for the one of this page; "name:" and a name for the one of that name. */
  room?: string;
  /** Address of the stylesheet; by default the one that the page links, the one on board or the one beside the script. */
  cssUrl?: string;
  /** Mount in the page instead of a shadow root, so that its rules for our classes reach the chat; default false. */
  mountInPage?: boolean;
  /** The chat runs; called once. */
  onReady?: (chat: ChatWidget) => void;
  /** Somebody has to sign in before it goes on. */
  onAuthRequired?: () => void;
  /** Everything that goes wrong, a configuration that cannot work too. */
  onError?: (error: ChatError) => void;
}

/** By English sentence its text, or a text for each category of `Intl.PluralRules`. What is missing is English. */
export type Messages = Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;

/** What a call rejects with, and what `onError` gets. `message` is a sentence for people, `code` is stable. */
export interface ChatError extends Error {
  readonly code: string;
}

/** Of the connection to the room; "disconnected" while in none. */
export type Status = 'disconnected' | 'connecting' | 'connected' | 'error';

/** Who vouches for somebody: their mail, a site, nobody. */
export type Door = 'mail' | 'site' | 'guest';

/** Everything a screen needs. A new object for each change; it cannot be changed. */
export interface ChatState {
  readonly status: Status;
  readonly authenticated: boolean;
  /** Always null: tokens never reach the page. */
  readonly token: null;
  /** "" while signed out. */
  readonly userId: string;
  /** "" while signed out. */
  readonly userName: string;
  /** The room one is in. */
  readonly room: RoomMetadata | null;
  /** Messages of the room, in the same order for everybody. A message that did not change is the same object. */
  readonly messages: readonly ChatMessage[];
  /** People of the room, oneself included. */
  readonly participants: readonly Participant[];
  /** Emotes that can be used. */
  readonly emotes: readonly EmoteData[];
  /** A sentence for people while `status` is "error", or what keeps one waiting. */
  readonly error: string | null;
  /** By which door one came; "" while signed out. */
  readonly via: Door | '';
  /** Host of the site that vouches, with `via` "site"; else "". */
  readonly by: string;
}

/** A room as people see it. */
export interface RoomMetadata {
  /** 26 characters; what `joinRoom` takes. */
  readonly roomId: string;
  /** Who made the room. */
  readonly broadcasterId: string;
  readonly broadcasterName: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly participantCount: number;
  /** Listed for everybody. A private room needs its invite (`getInvite`). */
  readonly isPublic: boolean;
  /** How many people fit in. */
  readonly capacity: number;
  /** What who comes later may read of what was said before: nothing, or the last 200 messages of the last day. */
  readonly history: 'none' | 'session';
  /** A host or a moderator lets each person in. */
  readonly approval: boolean;
  /** Id of the set of 7TV that the host chose, or "". */
  readonly emoteSet: string;
  /** Number of the Twitch channel that the host chose, or "". */
  readonly twitchChannel: string;
  /** Whoever has not signed in may look at the last 20 messages (`look`). */
  readonly preview: boolean;
  /** Missing where the room has no name. */
  readonly customName?: string;
}

/** What is odd about a message: it came above lines that had been read, or the time it carries is far off. */
export type MessageFlag = 'late' | 'clock';

/** One line of the conversation. */
export interface ChatMessage {
  /** 32 hex digits, the same for everybody in the room. A message of one's own has another one while it waits to be sent. */
  readonly id: string;
  readonly roomId: string;
  readonly senderId: string;
  readonly senderName: string;
  /** ISO 8601, UTC; by the sender's clock. */
  readonly timestamp: string;
  /** Plain text: put it into a page as text, never as HTML. */
  readonly content: string;
  /** Always true: there is no other kind. */
  readonly encrypted: boolean;
  readonly emoteIds: readonly string[];
  readonly customEmojiIds: readonly string[];
  /** "system", "join" and "leave" are lines of this page about the room; nobody sent them. */
  readonly type: 'message' | 'system' | 'join' | 'leave';
  /** How far a message of one's own got. */
  readonly delivery: 'received' | 'sending' | 'sent' | 'delivered' | 'unheard' | 'failed';
  /** Said on this device. */
  readonly mine: boolean;
  readonly flags: readonly MessageFlag[];
  /** By which door its sender came. */
  readonly via: Door;
  /** Host of the site that vouches, with `via` "site"; else "". */
  readonly by: string;
}

/** One person in the room, however many tabs are open. */
export interface Participant {
  readonly userId: string;
  readonly userName: string;
  /** ISO 8601, UTC. */
  readonly joinedAt: string;
  readonly isOnline: boolean;
  /** The best way to reach them. */
  readonly link: 'connecting' | 'direct' | 'turn' | 'relayed' | 'through' | 'unreachable' | 'lost';
  readonly isMe: boolean;
  readonly isHost: boolean;
  /** What they may decide about others. */
  readonly role: 'host' | 'moderator' | 'member';
  /** Those who are not "in" cannot read what is said. Only hosts and moderators see who is "removed". */
  readonly standing: 'in' | 'waiting' | 'removed';
  /** How this device knows the devices that they are here with. */
  readonly acquaintance: 'met' | 'new' | 'compared';
  /** By which door they came; who is not proved yet has "mail". */
  readonly via: Door;
  /** Host of the site that vouches, with `via` "site"; else "". */
  readonly by: string;
}

/** One emote of 7TV or of the site; `ChatMessage.emoteIds` and `customEmojiIds` name them. */
export interface EmoteData {
  readonly id: string;
  readonly name: string;
  /** The smallest picture. */
  readonly url: string;
  readonly animated: boolean;
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels. */
  readonly height: number;
  readonly provider: '7tv' | 'custom';
  /** Lies on the emote before it. */
  readonly zeroWidth: boolean;
  /** "" where nobody is named. */
  readonly author: string;
  /** Of which set it is: the site's own, the room's, that of the site's configuration, everybody's. */
  readonly source: 'custom' | 'room' | 'site' | 'global';
}

/** An emoji that a site's owner uploaded; `ChatMessage.customEmojiIds` name them. */
export interface CustomEmoji {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly domain: string;
  readonly uploadedBy: string;
  /** ISO 8601, UTC. */
  readonly uploadedAt: string;
}

/** Payloads by the name of the event. */
export interface ChatEvents {
  /** Somebody signed in or out. */
  'auth:change': { readonly authenticated: boolean; readonly token: null; readonly door: Door | '' };
  /** Somebody has to sign in before it goes on; or a page has to `identify` anew, 90 seconds before a sign-in ends. */
  'auth:required': null;
  /** `logout()` is done, here or in another chat of the site in this browser. */
  'auth:logout': null;
  /** Entered, changed, or left (null). */
  'room:change': RoomMetadata | null;
  /** A message of somebody else, or of oneself in another tab. */
  'message:received': ChatMessage;
  'connection:change': Status;
  /** A floating chat was opened. */
  open: null;
  /** A floating chat was closed. */
  close: null;
  /** How many messages came while nobody looked; 0 once they are seen. */
  unread: number;
  /** What calls reject with and what goes wrong in between. */
  error: ChatError;
}

/** A browser or a terminal in which somebody is signed in. */
export interface Device {
  readonly id: string;
  /** "" where it is not known. */
  readonly browser: string;
  /** "" where it is not known. */
  readonly system: string;
  /** Where it was used last, in two capital letters (ISO 3166); "" where the service does not say. */
  readonly country: string;
  /** ISO 8601, UTC. */
  readonly firstUsed: string;
  /** ISO 8601, UTC. */
  readonly lastUsed: string;
  /** The one that asks. */
  readonly isThis: boolean;
  /** Came after the one that asks, which has not let it in. */
  readonly isNew: boolean;
}

/** Of `logout`. */
export interface LogoutOptions {
  /** On all devices of the person at this site; default false. */
  everywhere?: boolean;
}

export interface CreateRoomOptions {
  /** 1 to 60 characters; without it the room has no name. */
  customName?: string;
  /** Default true. */
  isPublic?: boolean;
  /** Default "none": see `RoomMetadata`. It cannot be changed later. */
  history?: 'none' | 'session';
  /** Whether a host or a moderator lets each person in; default false. It cannot be changed later. */
  approval?: boolean;
  /** Id of a set of 7TV whose emotes the room has. */
  emoteSet?: string;
  /** Number of a Twitch channel whose 7TV emotes the room has. */
  twitchChannel?: string;
  /** Whether who has not signed in may look at the last 20 messages; default false, for public rooms only. It cannot be changed later. */
  preview?: boolean;
}

export interface SetEmotesOptions {
  /** Id of a set of 7TV whose emotes the room has. */
  emoteSet?: string;
  /** Number of a Twitch channel whose 7TV emotes the room has. */
  twitchChannel?: string;
}

export interface RemoveMemberOptions {
  /** They cannot come back before `readmitMember`; default false. */
  ban?: boolean;
  /** What they said before goes too; default false. */
  hide?: boolean;
}

export interface SendOptions {
  /** Ids from `ChatState.emotes`. */
  emoteIds?: string[];
  customEmojiIds?: string[];
}

/** What a visitor was shown of a room. There may be more, and newer messages: who shows them can hold some back. */
export interface RoomLook {
  /** Name of who showed it. */
  readonly shownBy: string;
  /** Up to 20, each signed by its author. */
  readonly messages: readonly ChatMessage[];
}

export interface ParsedEmotes {
  /** The text with the name of each emote as `:name:`. */
  readonly parsed: string;
  readonly emoteIds: string[];
}

/** Ends what the call that returned it began. */
export type Unsubscribe = () => void;

/** One chat in one element. Promises reject with a ChatError. */
export declare class ChatWidget {
  /** Starts at once. Throws a ChatError, after showing it to the reader where there is a place for it. */
  constructor(config: ChatConfig);
  /** Signs in from an earlier visit, or shows the sign-in and waits for it. A page loaded anew is back in its room. */
  authenticate(): Promise<void>;
  isAuthenticated(): boolean;
  /** Signs in with a token of the site's own login, or stays so; null signs out here and everywhere. For pages without `tokenProvider`. */
  identify(token: string | null): Promise<void>;
  /** Leaves the room, ends the sign-in at the service and in all chats of this site in this browser, wipes the keys and the talk of this browser. */
  logout(options?: LogoutOptions): Promise<void>;
  /** Where the person is signed in at this site, this device too. */
  getDevices(): Promise<Device[]>;
  /** Signs out there, by an `id` of `getDevices()`, or with "others" everywhere but here: its chats close within seconds. */
  endDevice(id: string): Promise<void>;
  /** Lets in a device that is new, by an `id` of `getDevices()`: people are told that it is the person's too, in each room where this one is with it. */
  approveDevice(id: string): Promise<void>;
  /** Makes a room and enters it. */
  createRoom(options?: CreateRoomOptions): Promise<RoomMetadata>;
  /** Takes what the setting `room` takes. The room that one is in, or coming back to, is left for another room or invite. */
  joinRoom(roomId: string): Promise<RoomMetadata>;
  /** What `joinRoom` takes elsewhere, and a link to the page after `#cw=`. That of a private room is a secret: whoever has it can come in. */
  getInvite(): string;
  /** A private room gets another invite; the one before lets nobody new in. For hosts and moderators. */
  renewInvite(): Promise<void>;
  leaveRoom(): Promise<void>;
  /** Puts somebody out, with all their tabs. Hosts may remove all but hosts, moderators members only. */
  removeMember(userId: string, options?: RemoveMemberOptions): Promise<void>;
  /** Who was removed may come again. For hosts and moderators. */
  readmitMember(userId: string): Promise<void>;
  /** Makes somebody a moderator, or a member again. For hosts. */
  setModerator(userId: string, on: boolean): Promise<void>;
  /** Lets somebody in whose `standing` is "waiting". For hosts and moderators. */
  approve(userId: string): Promise<void>;
  /** The host gives the room other emotes of 7TV; without options it has none of its own. */
  setEmotes(options?: SetEmotesOptions): Promise<void>;
  /** 60 digits in groups of five: the same for that person and for this page's reader when nobody sits between them. */
  safetyNumber(userId: string): Promise<string>;
  /** Tells whether the two numbers were the same. Marks the person, with the devices that they are here with. */
  compare(userId: string, same: boolean): Promise<void>;
  /** Four groups of five digits: equal for two pages that see the same members and hold the same key. "" before that. */
  getRoomCode(): string;
  /** Done when the message is taken and shown; `delivery` of the message says how far it got. */
  sendMessage(content: string, options?: SendOptions): Promise<void>;
  /** Opens a floating chat; any other is always open. */
  open(): void;
  /** Closes a floating chat: it goes on, and counts what comes. */
  close(): void;
  toggle(): void;
  /** Into a window of its own, with room and draft, until that or the page is closed. Call it in a click. */
  popOut(): void;
  /** "" is "auto". */
  setTheme(theme: 'dark' | 'light' | 'auto' | 'contrast' | ''): void;
  /** Another language from now on; nothing that was written or opened is lost. */
  setLocale(locale: string, messages?: Messages): Promise<void>;
  /** Into that room (what the setting `room` takes), out of any other; after signing in, where that is needed. The last call counts. */
  setRoom(room: string): void;
  /** Public rooms that are open now, the newest 50. */
  getActiveRooms(): Promise<RoomMetadata[]>;
  /** The last messages of a public room with `preview`, shown by somebody who is in it. Nobody need be signed in. */
  look(roomId: string): Promise<RoomLook>;
  /** Finds the names of known emotes in a text. */
  parseEmotes(content: string): Promise<ParsedEmotes>;
  getState(): ChatState;
  /** Calls back with each new state. */
  subscribe(callback: (state: ChatState) => void): Unsubscribe;
  on<Name extends keyof ChatEvents>(event: Name, callback: (payload: ChatEvents[Name]) => void): Unsubscribe;
  off<Name extends keyof ChatEvents>(event: Name, callback: (payload: ChatEvents[Name]) => void): void;
  /** Closes everything and takes the chat off the page. The sign-in, and the room of this tab, stay for the next. */
  destroy(): void;
}
