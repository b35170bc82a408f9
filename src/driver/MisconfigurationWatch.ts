import { warn } from '../basics/warn.js';
import type { Clock } from '../time/Clock.js';
import { Deadline } from '../time/Deadline.js';
import type { HandshakeFailedStatus, SocketStatus } from './SocketStatus.js';

/** A peer that starts later than this is rare, in ms. */
export const LONG_MS = 5000;
/** Each warning is given once in a process; a program with that many faulty endpoints has seen enough. */
const MOST_WARNINGS = 1000;
const given = new Set<string>();

/** Failures that the owner of the socket wants: `authenticate` and address lists refuse peers. */
const INTENDED = /^authenticate |is not accepted/;
/** Failures that may also come of a peer that has ended or is slow: they count if they happen again. */
const UNSURE = /closed the connection during the handshake|was not done (within|in time)/;
const TYPES = /does not talk to|socket types do not fit/;

const INSTEAD = "Option 'status' reports this in place of the warning";

/** Warns once in a process about something that will not mend itself. */
export function warnOnce(of: string, endpoint: string, text: string): void {
  const key = `${of} ${endpoint} ${text}`;
  if (given.has(key) || given.size >= MOST_WARNINGS) return;
  given.add(key);
  warn(`${of} ${endpoint}: ${text}. ${INSTEAD}`);
}

/** The part of a socket that a watch needs. */
export interface WatchedSocket {
  /** The function that opened it. */
  readonly of: string;
  readonly clock: Clock;
}

/**
 * Follows the statuses of a socket that no observer follows, and warns once about what will not mend itself: a handshake that
 * fails for a lasting reason, and an endpoint that nobody has bound for a long time.
 */
export class MisconfigurationWatch {
  readonly #socket: WatchedSocket;
  /** When each endpoint began to connect; Infinity once it has had a peer: a peer that goes away is no fault. */
  readonly #since = new Map<string, number>();
  readonly #deadlines = new Map<string, Deadline>();
  /** The endpoints at which an unsure failure was the last event. */
  readonly #unsure = new Set<string>();

  constructor(socket: WatchedSocket) {
    this.#socket = socket;
  }

  hear(status: SocketStatus): void {
    const { kind, endpoint } = status;
    if (kind === 'connecting') this.#begin(endpoint);
    else if (kind === 'retrying') this.#judge(endpoint, status.reason);
    else if (kind === 'connected') this.#met(endpoint);
    else if (kind === 'handshakeFailed') this.#failed(status);
    else if (kind === 'otherThread') this.#warn(endpoint, status.reason);
    else if (kind === 'closed') this.#close();
  }

  #begin(endpoint: string): void {
    if (this.#since.has(endpoint)) return;
    const { clock } = this.#socket;
    this.#since.set(endpoint, clock.now());
    if (!endpoint.startsWith('inproc://')) return; // others report each attempt
    const deadline = new Deadline(clock, () => this.#warn(endpoint, UNBOUND));
    this.#deadlines.set(endpoint, deadline);
    deadline.set(LONG_MS);
  }

  #judge(endpoint: string, reason: string | undefined): void {
    const since = this.#since.get(endpoint) ?? Infinity;
    if (this.#socket.clock.now() - since < LONG_MS) return;
    this.#since.set(endpoint, Infinity);
    if (!/^(tcp|ipc):/.test(endpoint))
      this.#warn(endpoint, `no server has answered for 5 s${reason ? `: ${reason}` : ''}`);
    else this.#warn(endpoint, UNANSWERED);
  }

  #met(endpoint: string): void {
    this.#since.set(endpoint, Infinity);
    this.#unsure.delete(endpoint);
    this.#deadlines.get(endpoint)?.close();
    this.#deadlines.delete(endpoint);
  }

  #failed({ endpoint, reason, error }: HandshakeFailedStatus): void {
    this.#since.set(endpoint, Infinity); // somebody is there
    if (INTENDED.test(reason)) return;
    if (UNSURE.test(reason) && !this.#unsure.has(endpoint)) {
      this.#unsure.add(endpoint);
      return;
    }
    const isSecurity = (error as { readonly code?: string } | undefined)?.code === 'ERR_SECURITY';
    this.#warn(endpoint, `the handshake fails each time: ${reason}. ${remedy(endpoint, reason, isSecurity)}`);
  }

  #warn(endpoint: string, text: string): void {
    warnOnce(this.#socket.of, endpoint, text);
  }

  #close(): void {
    for (const deadline of this.#deadlines.values()) deadline.close();
    this.#deadlines.clear();
  }
}

const UNANSWERED =
  'no peer has answered for 5 s. If the peer connects as well, neither side listens: give one of them bind: true';
const UNBOUND =
  'no socket has bound this name for 5 s. One side must bind it (bind: true), in the same thread and with the same driver';

function remedy(endpoint: string, reason: string, isSecurity: boolean): string {
  if (endpoint.startsWith('nats')) return "Check the address, and option 'nats'";
  if (/^(wss?:|\/)/.test(endpoint)) return "Check the address, option 'token', and option 'origins' of the gateway";
  if (isSecurity) return "Option 'security' must have the same mechanism on both sides, and keys that belong together";
  if (TYPES.test(reason)) return 'Pair fromSub with toPub, fromPull with toPush, and request with reply';
  return 'Check host and port: another protocol may be spoken there';
}
