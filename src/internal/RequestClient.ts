import type { Codec, Parts } from '../codecs/Codec.js';
import { RequestTimeoutError, type RxZmqError, SocketError } from '../errors.js';
import type { StampSettings } from '../frame/createStamp.js';
import { connectionCodecs } from './connectionCodecs.js';
import { copyParts } from './copyParts.js';
import { decode } from './decode.js';
import { encode } from './encode.js';
import { drainer } from './drainer.js';
import { keep } from './pages.js';
import { preparer } from './preparer.js';
import { presentSettings } from './presentSettings.js';
import { Refusals } from './Refusals.js';
import type { Socket, SocketSettings } from './Socket.js';
import type { SocketStatus } from './SocketStatus.js';
import { splitEnvelope } from './splitEnvelope.js';
import { startSocket } from './startSocket.js';

/** What requests share. */
export interface RequestSettings {
  readonly of: string;
  readonly socket: SocketSettings;
  readonly codec: Codec<unknown>;
  readonly stamp: StampSettings;
  readonly zeroCopy: boolean;
  /** For each try, from its handover to a connected peer, in ms. */
  readonly timeoutMs: number;
  /** For each try, how long it may wait for a connected peer, in ms. */
  readonly connectTimeoutMs: number;
  readonly retries: number;
  readonly lingerMs: number;
}

/** Who made a request. Exactly one of the three is called, once. */
export interface Requester {
  reply(reply: unknown, request: unknown): void;
  timedOut(error: RequestTimeoutError, request: unknown): void;
  failed(error: Error): void;
}

/** Where everything else goes. */
export interface RequestListener {
  status(status: SocketStatus): void;
  invalid(socket: Socket, cause: unknown, parts: Parts): void;
  failed(error: RxZmqError): void;
  closed(): void;
}

/** A request on its way to the socket. */
export interface EncodedRequest {
  /** As its codec completed it. */
  readonly request: unknown;
  readonly body: Parts;
}

/** A request that has not been answered. */
interface Call extends EncodedRequest {
  readonly requester: Requester;
  /** How often it was tried, the present try included. */
  tries: number;
  /** The correlation of the present try: a reply to an earlier one is stale. */
  id: number;
  parts: Parts;
  /** Whether the socket has taken the present try. */
  taken: boolean;
  /** Whether a peer may have got any try. */
  sent: boolean;
  over: boolean;
  cancelTimer: () => void;
}

const DELIMITER = new Uint8Array();
const noTimer = (): void => undefined;

/**
 * Sends requests over one DEALER socket and finds their replies. Each try carries a correlation part of its own before
 * the empty delimiter, four bytes as `ZMQ_REQ_CORRELATE` has it, which REP and ROUTER peers send back.
 */
export class RequestClient {
  readonly #settings: RequestSettings;
  readonly #listener: RequestListener;
  /** Encodes requests. */
  readonly #codec: Codec<unknown>;
  /** Decode the replies of each connection. */
  readonly #codecOf: (from: number | undefined) => Codec<unknown>;
  readonly #prepare: (input: unknown) => unknown;
  readonly #socket: Socket;
  readonly #refusals: Refusals;
  /** By the correlation of their present try. */
  readonly #calls = new Map<number, Call>();
  /** Those of them that the socket has not taken, in their order. */
  readonly #untaken = new Map<number, Call>();
  #nextId = Math.floor(Math.random() * 2 ** 32);
  #closed = false;

  constructor(given: RequestSettings, listener: RequestListener) {
    const settings = (this.#settings = presentSettings(given));
    this.#listener = listener;
    const { codec, socket, stamp } = settings;
    this.#codec = codec.open?.() ?? codec;
    this.#codecOf = connectionCodecs(codec);
    this.#prepare = preparer(this.#codec, stamp, socket.clock);
    this.#refusals = new Refusals(socket.bind);
    this.#socket = startSocket(socket, {
      readable: drainer({
        clock: socket.clock,
        read: () => this.#socket.read(),
        take: (parts) => this.#arrived(parts),
      }),
      writable: () => this.#flush(),
      status: (status) => {
        this.#refusals.hear(status);
        listener.status(status);
      },
      failed: (error) => listener.failed(error),
      closed: () => listener.closed(),
    });
  }

  /**
   * Completes and encodes a request, so that what it was made from may change.
   *
   * @throws what the codec throws on a value it cannot encode
   */
  encode(input: unknown): EncodedRequest {
    const request = this.#prepare(input);
    const encoded = encode(this.#codec, request);
    return { request, body: this.#settings.zeroCopy ? encoded : copyParts(encoded) };
  }

  /** Sends a request; the function it gives abandons it. */
  send(request: EncodedRequest, requester: Requester): () => void {
    const call: Call = {
      request: request.request, // field by field: a spread took half of the time of a round trip
      body: request.body,
      requester,
      tries: 0,
      id: 0,
      parts: [],
      taken: false,
      sent: false,
      over: false,
      cancelTimer: noTimer,
    };
    this.#try(call);
    return () => this.#finish(call);
  }

  /** Idempotent. Fails what is not answered, for the reason given. */
  close(cause?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    const error = cause ?? new SocketError('request', this.#socket.endpoint, 'it was closed before the reply came');
    for (const call of [...this.#calls.values()]) {
      this.#finish(call);
      call.requester.failed(error);
    }
    this.#socket.close(this.#settings.lingerMs);
  }

  #try(call: Call): void {
    this.#nextId = (this.#nextId + 1) >>> 0;
    call.tries += 1;
    call.id = this.#nextId;
    call.taken = false;
    call.parts = [correlation(call.id), DELIMITER, ...call.body];
    this.#calls.set(call.id, call);
    if (this.#untaken.size === 0 && this.#hand(call)) return;
    this.#untaken.set(call.id, call);
    this.#expect(call, this.#settings.connectTimeoutMs);
  }

  /** Whether the socket took it. */
  #hand(call: Call): boolean {
    if (!this.#socket.write(call.parts, true)) return false;
    call.taken = true;
    this.#expect(call, this.#settings.timeoutMs);
    return true;
  }

  #flush(): void {
    for (const [id, call] of this.#untaken) {
      if (!this.#hand(call)) return;
      this.#untaken.delete(id);
    }
  }

  #expect(call: Call, delayMs: number): void {
    call.cancelTimer();
    call.cancelTimer = this.#settings.socket.clock.after(delayMs, () => this.#late(call));
  }

  /** The present try had no reply, or no peer, in time. */
  #late(call: Call): void {
    const { retries, timeoutMs, connectTimeoutMs, socket } = this.#settings;
    this.#withdraw(call);
    if (call.tries <= retries) {
      this.#try(call);
      return;
    }
    this.#finish(call);
    const limitMs = call.sent ? timeoutMs : connectTimeoutMs;
    const why = call.sent ? undefined : this.#refusals.cause;
    const error = new RequestTimeoutError(socket.endpoints, limitMs, call.tries, call.sent, why);
    call.requester.timedOut(error, call.request);
  }

  /** Ends the present try. */
  #withdraw(call: Call): void {
    this.#calls.delete(call.id);
    this.#untaken.delete(call.id);
    if (call.taken && !this.#socket.withdraw(call.parts)) call.sent = true;
    call.taken = false;
  }

  #finish(call: Call): void {
    if (call.over) return;
    call.over = true;
    call.cancelTimer();
    this.#withdraw(call);
  }

  #arrived(parts: Parts): void {
    const split = splitEnvelope(parts, 0);
    const id = split?.envelope[0];
    if (!split || split.envelope.length !== 2 || id?.length !== 4) {
      this.#listener.invalid(this.#socket, new Error('a reply without the envelope of a request'), parts);
      return;
    }
    const call = this.#calls.get(idOf(id));
    if (!call) {
      const reason = 'a reply that nobody waits for any more';
      const { id: socketId, endpoint } = this.#socket;
      this.#listener.status({ kind: 'dropped', endpoint, socketId, count: 1, reason });
      return;
    }
    let reply: unknown;
    try {
      reply = decode(this.#codecOf(this.#socket.from), split.body);
    } catch (error) {
      this.#listener.invalid(this.#socket, error, parts); // the try goes on, and times out
      return;
    }
    call.taken = false; // nothing of it is left to withdraw
    this.#finish(call);
    call.requester.reply(reply, call.request);
  }
}

const idBytes = new Uint8Array(4);

function correlation(id: number): Uint8Array {
  idBytes[0] = id;
  idBytes[1] = id >>> 8;
  idBytes[2] = id >>> 16;
  idBytes[3] = id >>> 24;
  return keep(idBytes, 0, 4);
}

function idOf(part: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = part;
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}
