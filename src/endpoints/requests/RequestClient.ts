import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';
import { RequestTimeoutError, type RxZmqError, SocketError } from '../../errors.js';
import type { StampSettings } from '../../frame/createStamp.js';
import { callerContext } from '../../basics/callerContext.js';
import { connectionCodecs } from '../receiving/connectionCodecs.js';
import { copyParts } from '../../memory/copyParts.js';
import { Deadline } from '../../time/Deadline.js';
import { decode } from '../../codecs/decode.js';
import { encode } from '../../codecs/encode.js';
import { readLoop } from '../receiving/readLoop.js';
import { copyToPage } from '../../memory/pages.js';
import { preparer } from '../../codecs/preparer.js';
import { presentSettings } from '../presentSettings.js';
import { PeerRefusals } from '../status/PeerRefusals.js';
import type { OpenSettings } from '../../driver/Driver.js';
import type { NextPeer, Socket } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { keepsEnvelopes } from './keepsEnvelopes.js';
import { splitEnvelope } from './splitEnvelope.js';
import { startSocket } from '../startSocket.js';

/** What requests share. */
export interface RequestSettings {
  readonly of: string;
  readonly socket: OpenSettings;
  readonly codec: Codec<unknown>;
  readonly stamp: StampSettings;
  readonly zeroCopy: boolean;
  /** For each try, from its handover to a connected peer, in ms. */
  readonly timeoutMs: number;
  /** For each try, how long it may wait for a connected peer, in ms. */
  readonly connectTimeoutMs: number;
  readonly retries: number;
  /** To whom requests carry a number. To the others nothing but the order of things says which reply is whose. */
  readonly correlate: Correlation;
  readonly lingerMs: number;
}

/**
 * `'known'`: all but ROUTERs that do not say they keep envelopes; only one request may be under way. `'all'`: those as well, and
 * whoever waits for them in vain hears why that may be.
 */
export type Correlation = 'always' | 'never' | 'known' | 'all';

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
  /** The present try carries no number. */
  plain: boolean;
  /** Who the present try was handed to, as far as the driver can tell. */
  peer: number | undefined;
  /** Whether the socket has taken the present try. */
  taken: boolean;
  /** Whether a peer may have got any try. */
  sent: boolean;
  over: boolean;
  deadline: Deadline | undefined;
}

/**
 * Sends requests over one DEALER socket and finds their replies. Each try carries a correlation part of its own before
 * the empty delimiter, four bytes as `ZMQ_REQ_CORRELATE` has it, which REP and ROUTER peers send back. Where it goes to a peer without
 * one, a reply that did not come may still do so, and nobody could tell it from that to the next request, which gets a new connection.
 */
export class RequestClient {
  readonly #settings: RequestSettings;
  readonly #listener: RequestListener;
  /** Encodes requests. */
  readonly #codec: Codec<unknown>;
  /** Decode the replies of each connection. */
  readonly #codecOf: (from: number | undefined) => Codec<unknown>;
  readonly #prepare: (input: unknown) => unknown;
  #socket: Socket;
  /** Sockets that are not gone. */
  #sockets = 0;
  readonly #refusals: PeerRefusals;
  readonly #context = callerContext();
  /** By the correlation of their present try. */
  readonly #calls = new Map<number, Call>();
  /** Those of them that the socket has not taken, in their order. */
  readonly #untaken = new Map<number, Call>();
  #nextId = Math.floor(Math.random() * 2 ** 32);
  /** The socket has not said no since it last had room. */
  #hasRoom = false;
  /** It is being handed a call. */
  #handing = false;
  /** A request with a number went to somebody who may not expect one. */
  #hasMetStranger = false;
  #closed = false;
  #whyClosed: Error | undefined;

  constructor(given: RequestSettings, listener: RequestListener) {
    const settings = (this.#settings = presentSettings(given));
    this.#listener = listener;
    const { codec, socket, stamp } = settings;
    this.#codec = codec.open?.() ?? codec;
    this.#codecOf = connectionCodecs(codec);
    this.#prepare = preparer(this.#codec, stamp, socket.clock);
    this.#refusals = new PeerRefusals(socket.bind);
    this.#socket = this.#open();
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

  /** Sends a request. The function it gives abandons it, and says whether a peer may have it all the same. */
  send(request: EncodedRequest, requester: Requester): () => boolean {
    const call: Call = {
      request: request.request, // field by field: a spread took half of the time of a round trip
      body: request.body,
      requester,
      tries: 0,
      id: 0,
      parts: [],
      plain: false,
      peer: undefined,
      taken: false,
      sent: false,
      over: false,
      deadline: undefined,
    };
    if (this.#closed) {
      call.over = true;
      requester.failed(this.#whyClosed ?? this.#gone());
    } else this.#try(call);
    return () => {
      this.#finish(call);
      return call.sent;
    };
  }

  /** Idempotent. Fails what is not answered, for the reason given. */
  close(cause?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    const error = (this.#whyClosed = cause ?? this.#gone());
    for (const call of [...this.#calls.values()]) {
      this.#finish(call);
      call.requester.failed(error);
    }
    this.#socket.close(this.#settings.lingerMs);
  }

  #open(): Socket {
    const { socket } = this.#settings;
    this.#sockets += 1;
    const opened: Socket = startSocket(socket, {
      readable: readLoop({
        clock: socket.clock,
        read: () => opened.read(),
        take: (parts) => this.#arrived(parts),
      }),
      writable: () => {
        if (opened !== this.#socket) return;
        this.#hasRoom = true;
        this.#flush();
      },
      status: (status) => {
        this.#refusals.hear(status);
        this.#listener.status(status);
      },
      refused: (parts, error) => this.#refused(parts, error),
      failed: (error) => this.#listener.failed(error),
      closed: () => {
        this.#sockets -= 1;
        if (this.#closed && this.#sockets === 0) this.#listener.closed();
      },
    });
    return opened;
  }

  /** What still comes from whoever has the call is nobody's. */
  #renew({ peer }: Call): void {
    const old = this.#socket;
    if (peer !== undefined && old.renew !== undefined) {
      old.renew(peer);
      return;
    }
    this.#hasRoom = false;
    this.#socket = this.#context.runInAsyncScope(() => this.#open());
    old.close(this.#settings.lingerMs);
  }

  #try(call: Call): void {
    this.#nextId = (this.#nextId + 1) >>> 0;
    call.tries += 1;
    call.id = this.#nextId;
    call.taken = false;
    call.plain = this.#settings.correlate === 'never';
    call.parts = withEnvelope(call);
    this.#calls.set(call.id, call);
    const isNext = this.#untaken.size === 0 && !this.#handing;
    if (!(isNext && this.#hand(call)) && !call.over) {
      this.#untaken.set(call.id, call);
      this.#expect(call, this.#settings.connectTimeoutMs);
    }
    if (this.#untaken.size > 0) this.#flush(); // room may have come, and other calls, while it was handed over
  }

  /** Whether the socket took it. Its reply may come, and others may be sent or given up, before `write` returns. */
  #hand(call: Call): boolean {
    const socket = this.#socket;
    this.#fit(call, socket.nextPeer);
    this.#handing = true;
    this.#hasRoom = false;
    call.taken = true;
    const wasTaken = socket.write(call.parts, true) === true;
    this.#handing = false;
    if (wasTaken) {
      this.#hasRoom = socket === this.#socket; // else it was renewed meanwhile, and says when it has some
      if (!call.over) this.#expect(call, this.#settings.timeoutMs);
    } else call.taken = false;
    return wasTaken;
  }

  /** Gives a call the envelope that the peer whose turn it is expects. */
  #fit(call: Call, next: NextPeer | undefined): void {
    const { correlate } = this.#settings;
    call.peer = next?.id;
    if (next?.peer === undefined || correlate === 'always' || correlate === 'never') return;
    const isStranger = !keepsEnvelopes(next.peer);
    if (correlate === 'all') {
      this.#hasMetStranger ||= isStranger;
    } else if (call.plain !== isStranger) {
      call.plain = isStranger;
      call.parts = withEnvelope(call);
    }
  }

  /** Hands over what waits, in its order, as far as there is room. */
  #flush(): void {
    while (this.#hasRoom && !this.#handing && this.#untaken.size > 0) {
      const [call] = this.#untaken.values() as Iterable<Call> as [Call];
      const { id } = call;
      if (this.#hand(call)) this.#untaken.delete(id);
    }
  }

  #expect(call: Call, delayMs: number): void {
    call.deadline ??= new Deadline(this.#settings.socket.clock, () =>
      this.#context.runInAsyncScope(this.#late, this, call),
    );
    call.deadline.set(delayMs);
  }

  /** The present try had no reply, or no peer, in time. */
  readonly #late = (call: Call): void => {
    const { retries, timeoutMs, connectTimeoutMs, socket } = this.#settings;
    this.#withdraw(call);
    if (call.over) return; // whoever had the room that this made has ended it
    if (call.tries <= retries) {
      this.#try(call);
      return;
    }
    this.#finish(call);
    const limitMs = call.sent ? timeoutMs : connectTimeoutMs;
    const why = call.sent ? this.#whySilent() : this.#refusals.cause;
    const error = new RequestTimeoutError(socket.endpoints, limitMs, call.tries, call.sent, why);
    call.requester.timedOut(error, call.request);
  };

  /** Ends the present try. */
  #withdraw(call: Call): void {
    this.#calls.delete(call.id);
    this.#untaken.delete(call.id);
    const wasTaken = call.taken;
    call.taken = false;
    if (!wasTaken || this.#socket.withdraw(call.parts)) return;
    call.sent = true;
    if (call.plain && !this.#closed) this.#renew(call);
  }

  #gone(): SocketError {
    return new SocketError('request', this.#socket.endpoint, 'it was closed before the reply came');
  }

  #finish(call: Call): void {
    if (call.over) return;
    call.over = true;
    call.deadline?.close();
    this.#withdraw(call);
  }

  #arrived(parts: Parts): void {
    const split = splitEnvelope(parts, 0);
    const reason = this.#whyNoReply(split?.envelope);
    if (!split || reason !== undefined) {
      this.#listener.invalid(this.#socket, new Error(reason), parts);
      return;
    }
    const call = this.#callOf(split.envelope);
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

  /** Nobody is there to answer, which the driver hears at once. */
  #refused(parts: Parts, error: RxZmqError): void {
    for (const call of this.#calls.values()) {
      if (call.parts !== parts) continue;
      call.taken = false; // nothing of it is left to withdraw
      this.#finish(call);
      call.requester.failed(error);
      return;
    }
  }

  #whySilent(): { readonly cause: Error } | undefined {
    if (!this.#hasMetStranger) return undefined;
    return { cause: new Error(`the server is a ROUTER, which may not expect the number in the envelope: ${ADVICE}`) };
  }

  #whyNoReply(envelope: Parts | undefined): string | undefined {
    const { correlate } = this.#settings;
    if (envelope?.length === 1) {
      const isExpected = correlate === 'never' || (correlate === 'known' && this.#socket.renew !== undefined);
      return isExpected ? undefined : `${NO_ENVELOPE}: the server expects that of a plain REQ, ${ADVICE}`;
    }
    return correlate !== 'never' && envelope?.length === 2 && envelope[0]!.length === 4 ? undefined : NO_ENVELOPE;
  }

  #callOf(envelope: Parts): Call | undefined {
    if (envelope.length === 1) {
      for (const call of this.#calls.values()) if (call.taken && call.plain) return call; // the only one that is under way
      return undefined;
    }
    const call = this.#calls.get(idOf(envelope[0]!));
    return call?.plain === true ? undefined : call;
  }
}

/** What stands before the body, as a REQ socket has it with and without ZMQ_REQ_CORRELATE. */
function withEnvelope({ plain, id, body }: Call): Parts {
  return plain ? [new Uint8Array(), ...body] : [correlation(id), new Uint8Array(), ...body];
}

const idBytes = new Uint8Array(4);
const NO_ENVELOPE = 'a reply without the envelope of a request';
const ADVICE = "set option 'correlate' to false";

function correlation(id: number): Uint8Array {
  idBytes[0] = id;
  idBytes[1] = id >>> 8;
  idBytes[2] = id >>> 16;
  idBytes[3] = id >>> 24;
  return copyToPage(idBytes, 0, 4);
}

function idOf(part: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = part;
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}
