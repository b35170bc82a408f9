import type { SocketType } from '../../driver/SocketSettings.js';
import type { Channel } from './Channel.js';
import type { WebBudget } from './WebBudget.js';

/** Bounds for one client of a gateway. All are numbers of the client's own; `Infinity` is none. */
export interface WebClientLimits {
  /** How long its hello may take, in ms. */
  readonly helloMs: number;
  /** What it may send before it was read here, in bytes. */
  readonly windowBytes: number;
  /** A message of it, with its lengths and padding; and its parts. */
  readonly maxMessageBytes: number;
  readonly maxParts: number;
  readonly maxSubscriptions: number;
  readonly maxTopicBytes: number;
  /** What it may send in a second; kept by withholding credit. */
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** What may wait here for it, in messages and bytes; the socket's own marks count where they are smaller. */
  readonly sendMessages: number;
  readonly sendBytes: number;
  /** How often it is pinged, and after how long a silence it counts as gone, in ms. */
  readonly pingMs: number;
  readonly goneMs: number;
  /** It counts as slow when something has waited for it so long without any credit, in ms. */
  readonly slowMs: number;
  /** A slow one is closed with 4410. */
  readonly closeSlow: boolean;
}

/** Who hears what becomes of a client: the gateway. Never called before `accept` has returned. */
export interface WebClientListener {
  /** Its hello was taken: it is a peer of the socket now. */
  connected(type: SocketType): void;
  /** Something has waited for it longer than `slowMs`; it takes messages again. */
  stalled(): void;
  resumed(): void;
  /** So many messages were not queued for it, or were lost with it. */
  dropped(count: number, reason: string): void;
  /** Its channel is over; `code` and `reason` as they went over the wire, from whichever side. The last call. */
  closed(code: number, reason: string): void;
}

/** An upgraded WebSocket, and what the gateway knows of it. */
export interface WebClient {
  readonly channel: Channel;
  /** The URL's pathname, undecoded. */
  readonly path: string;
  /** As `peerAddress` of tcp has it. */
  readonly address: string;
  /** Who `authenticate` says it is; stands in `connected` and goes to the page in the hello. */
  readonly userId?: string | undefined;
  readonly limits: WebClientLimits;
  /** What all clients of the gateway may keep waiting together. */
  readonly budget: WebBudget;
  readonly listener: WebClientListener;
}

/** A client that a route has taken over. */
export interface WebClientHandle {
  /** Ends it: what was handed to its channel goes first. `closed` of its listener follows. */
  close(code: number, reason: string): void;
  /** Takes nothing more for it, sends it what waits, as far as it gives credit, and reads on until it has closed its side as well. */
  drain(code: number, reason: string): void;
}

/** A socket that is bound at a path of a gateway. */
export interface WebRoute {
  readonly socketType: SocketType;
  /** Takes a client over, its channel included, which nobody has opened yet: it hears no more of the gateway but by the handle. */
  accept(client: WebClient): WebClientHandle;
}
