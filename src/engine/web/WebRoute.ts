import type { SocketType } from '../../driver/SocketSettings.js';
import type { Channel } from './Channel.js';
import type { WebBudget } from './WebBudget.js';

/** Limits for one client of a gateway. Each client has its own counts; `Infinity`: no limit. */
export interface WebClientLimits {
  /** The time-out for its hello, in ms. */
  readonly helloMs: number;
  /** How much it may send before it is read here, in bytes. */
  readonly windowBytes: number;
  /** The size of a message from it, with lengths and padding; and the number of its parts. */
  readonly maxMessageBytes: number;
  readonly maxParts: number;
  readonly maxSubscriptions: number;
  readonly maxTopicBytes: number;
  /** How much it may send in a second; enforced by withholding credit. */
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** How much may be queued for it, in messages and bytes; the socket's own high-water marks count if they are smaller. */
  readonly sendMessages: number;
  readonly sendBytes: number;
  /** How often this side pings it, and after how long a silence it counts as gone, in ms. */
  readonly pingMs: number;
  readonly goneMs: number;
  /** It counts as slow when messages have been queued for it this long without any credit, in ms. */
  readonly slowMs: number;
  /** Whether a slow client is closed, with 4410. */
  readonly closeSlow: boolean;
}

/** The listener for a client: its gateway. It is not called before `accept` has returned. */
export interface WebClientListener {
  /** Why its hello, which fits, is refused; `undefined`: it is accepted. */
  refusal?(): string | undefined;
  /** Its hello was accepted: it is a peer of the socket now. */
  connected(type: SocketType): void;
  /** `stalled`: messages have been queued for it longer than `slowMs`; `resumed`: it reads again. */
  stalled(): void;
  resumed(): void;
  /** That number of messages was not queued for it, or was lost with it. */
  dropped(count: number, reason: string): void;
  /** Its channel is closed; `code` and `reason` as on the wire, from either side. The last call. */
  closed(code: number, reason: string): void;
}

/** A WebSocket after its upgrade, and what the gateway knows about it. */
export interface WebClient {
  readonly channel: Channel;
  /** The URL's pathname, undecoded. */
  readonly path: string;
  /** As `peerAddress` of tcp. */
  readonly address: string;
  /** The user id that `authenticate` returned. It is part of the status `connected`, and is sent to the page in the hello. */
  readonly userId?: string | undefined;
  readonly limits: WebClientLimits;
  /** How much may be queued for all clients of the gateway together. */
  readonly budget: WebBudget;
  readonly listener: WebClientListener;
}

/** A client that a route has accepted. */
export interface WebClientHandle {
  /** Closes it, after what was written to its channel is sent. `closed` of its listener follows. */
  close(code: number, reason: string): void;
  /**
   * Accepts nothing more for it, sends its queued messages as far as its credit allows, and reads until it has closed its side too. It
   * has `quietMs` to report that it has sent everything.
   */
  drain(code: number, reason: string, quietMs: number): void;
}

/** A socket that is bound at a path of a gateway. */
export interface WebRoute {
  readonly socketType: SocketType;
  /** How many messages of clients that are gone it has not read yet. */
  readonly unread: number;
  /** Takes over a client with its channel, which must not be open yet. From now on the gateway controls it only by the handle. */
  accept(client: WebClient): WebClientHandle;
}
