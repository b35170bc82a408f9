import type { Parts } from '../../basics/Parts.js';
import { attributed } from '../../basics/attributed.js';
import { hasDelivery } from '../../demand/hasDelivery.js';
import type { Codec } from '../../codecs/Codec.js';
import { RequestTimeoutError, type RxZmqError, SocketError } from '../../errors.js';
import { callerContext } from '../../basics/callerContext.js';
import { connectionCodecs } from '../receiving/connectionCodecs.js';
import { copyParts } from '../../memory/copyParts.js';
import { DeadlineQueue } from '../../time/DeadlineQueue.js';
import { decode } from '../../codecs/decode.js';
import { encode } from '../../codecs/encode.js';
import { readLoop } from '../receiving/readLoop.js';
import { preparer } from '../../codecs/preparer.js';
import { presentSettings } from '../presentSettings.js';
import { PeerRefusals } from '../status/PeerRefusals.js';
import type { Socket } from '../../driver/Socket.js';
import { SendQueue, type SendQueueOwner } from '../sending/SendQueue.js';
import { Call, type Wait } from './Call.js';
import { CallTable } from './CallTable.js';
import { idOf, RequestEnvelopes } from './RequestEnvelopes.js';
import type { EncodedRequest, Requester, RequestListener } from './Requester.js';
import type { RequestSettings } from './RequestSettings.js';
import { splitEnvelope } from './splitEnvelope.js';
import { startSocket } from '../startSocket.js';
import { unsendable } from '../unsendable.js';

/**
 * Sends requests over one DEALER socket, and matches the replies. Each try has its own correlation part before the empty
 * delimiter: four bytes as with `ZMQ_REQ_CORRELATE`, which REP and ROUTER peers send back. If a request to a peer has no such
 * part and its reply is late, the reply could be taken for that of the next request, which therefore gets a new connection.
 */
export class RequestClient implements SendQueueOwner<Call> {
  readonly #settings: RequestSettings;
  readonly #listener: RequestListener;
  /** Encodes requests. */
  readonly #codec: Codec<unknown>;
  /** Decode the replies of each connection. */
  readonly #codecOf: (from: number | undefined) => Codec<unknown>;
  readonly #prepare: (input: unknown) => unknown;
  #socket: Socket;
  /** Sockets that are not closed yet. */
  #sockets = 0;
  readonly #refusals: PeerRefusals;
  readonly #context = callerContext();
  readonly #calls = new CallTable();
  readonly #queue: SendQueue<Call>;
  readonly #envelopes: RequestEnvelopes;
  /** The calls that wait for a connected peer, and those that wait for their reply. */
  readonly #unsent: DeadlineQueue<Wait>;
  readonly #unanswered: DeadlineQueue<Wait>;
  #closed = false;
  #whyClosed: Error | undefined;

  constructor(given: RequestSettings, listener: RequestListener) {
    const settings = (this.#settings = presentSettings(given));
    this.#listener = listener;
    const { codec, socket, stamp, correlate, timeoutMs, connectTimeoutMs } = settings;
    const late = ({ call }: Wait): void => this.#context.runInAsyncScope(this.#late, this, call);
    this.#codec = codec.open?.() ?? codec;
    this.#codecOf = connectionCodecs(codec);
    this.#prepare = preparer(this.#codec, stamp, socket.clock);
    this.#refusals = new PeerRefusals(socket.bind);
    this.#envelopes = new RequestEnvelopes(correlate);
    this.#unsent = new DeadlineQueue(socket.clock, connectTimeoutMs, late);
    this.#unanswered = new DeadlineQueue(socket.clock, timeoutMs, late);
    this.#queue = new SendQueue<Call>(socket.clock, this);
    this.#socket = this.#open();
    this.#queue.open(this.#socket, socket.driver.capabilities);
  }

  /**
   * Completes and encodes a request. The caller may change its value afterwards.
   *
   * @throws the exception of the codec for a value that it cannot encode
   */
  encode(input: unknown): EncodedRequest {
    let request: unknown;
    let encoded: Parts;
    try {
      request = this.#prepare(input);
      encoded = encode(this.#codec, request);
    } catch (error) {
      const { of, socket } = this.#settings;
      throw unsendable(error, { of, endpoints: socket.endpoints, codec: this.#codec, value: input });
    }
    return { request, body: this.#settings.zeroCopy && !hasDelivery() ? encoded : copyParts(encoded) };
  }

  /** Sends a request. The function that it returns gives the request up, and returns whether a peer may have received it anyway. */
  send(request: EncodedRequest, requester: Requester): () => boolean {
    const call = new Call(request, requester);
    if (this.#closed) {
      call.over = true;
      requester.failed(this.#whyClosed ?? this.#gone());
    } else this.#try(call);
    return () => {
      this.#finish(call);
      return call.sent;
    };
  }

  /** Idempotent. Fails the requests that have no reply, with this cause. */
  close(cause?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    const error = (this.#whyClosed = cause ?? this.#gone());
    for (const call of this.#calls.all()) {
      this.#finish(call);
      call.requester.failed(error);
    }
    this.#unsent.close();
    this.#unanswered.close();
    this.#socket.close(this.#settings.lingerMs);
  }

  // The callbacks of its queue.

  /** Before `write` returns, its reply may arrive, and other requests may be sent or given up. */
  hand(call: Call): boolean | undefined {
    this.#envelopes.fit(call, this.#socket.nextPeer);
    call.taken = true;
    const outcome = this.#queue.hand(call.parts, true);
    if (outcome === false) call.taken = false;
    return outcome;
  }

  sent(call: Call): void {
    if (!call.over) call.expect(this.#unanswered);
  }

  failed(call: Call, error: unknown): void {
    call.taken = false;
    if (call.over || error === undefined) return; // it was given up
    this.#finish(call);
    call.requester.failed(attributed(error as Error, this.#settings.of));
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
        if (opened === this.#socket) this.#queue.writable();
      },
      tried: (outcome) => {
        if (opened === this.#socket) this.#queue.tried(outcome);
      },
      status: (status) => {
        this.#refusals.hear(status);
        this.#listener.status(status);
      },
      refused: (parts, error) => this.#refused(parts, error),
      failed: (error) => this.#listener.failed(attributed(error, this.#settings.of)),
      closed: () => {
        this.#sockets -= 1;
        if (this.#closed && this.#sockets === 0) this.#listener.closed();
      },
    });
    return opened;
  }

  /** Renews the connection to the peer of a call, so that nothing it still sends is taken for a reply. */
  #renew({ peer }: Call): void {
    const old = this.#socket;
    if (peer !== undefined && old.renew !== undefined) {
      old.renew(peer);
      return;
    }
    this.#socket = this.#context.runInAsyncScope(() => this.#open());
    this.#queue.open(this.#socket, this.#settings.socket.driver.capabilities);
    old.close(this.#settings.lingerMs);
  }

  #try(call: Call): void {
    call.tries += 1;
    call.taken = false;
    this.#calls.add(call);
    const { id } = call;
    this.#envelopes.wrap(call);
    this.#queue.post(call);
    if (call.id === id && this.#queue.has(call)) call.expect(this.#unsent);
  }

  /** The present try timed out: it had no reply, or no peer. */
  readonly #late = (call: Call): void => {
    const { of, retries, timeoutMs, connectTimeoutMs, socket } = this.#settings;
    call.expect(undefined);
    if (this.#queue.isTried(call) && call.tries <= retries) {
      call.tries += 1; // the driver is still sending it
      call.expect(this.#unsent);
      return;
    }
    this.#withdraw(call);
    if (call.over) return; // a sender that used the free space has ended it
    if (call.tries <= retries) {
      this.#try(call);
      return;
    }
    this.#finish(call);
    const limitMs = call.sent ? timeoutMs : connectTimeoutMs;
    const why = call.sent ? this.#envelopes.whySilent : this.#refusals.cause;
    const error = new RequestTimeoutError(socket.endpoints, limitMs, call.tries, call.sent, why);
    call.requester.timedOut(attributed(error, of), call.request);
  };

  /** Ends the present try. */
  #withdraw(call: Call): void {
    this.#calls.delete(call);
    this.#queue.withdraw(call, undefined);
    const wasTaken = call.taken;
    call.taken = false;
    if (!wasTaken || this.#socket.withdraw(call.parts)) return;
    call.sent = true;
    if (call.plain && !this.#closed) this.#renew(call);
  }

  #gone(): SocketError {
    const error = new SocketError('request', this.#socket.endpoint, 'it was closed before the reply came');
    return attributed(error, this.#settings.of);
  }

  #finish(call: Call): void {
    if (call.over) return;
    call.over = true;
    call.expect(undefined);
    this.#withdraw(call);
  }

  #arrived(parts: Parts): void {
    const split = splitEnvelope(parts, 0);
    const reason = this.#envelopes.fault(split?.envelope, this.#socket.renew !== undefined);
    if (!split || reason !== undefined) {
      this.#listener.invalid(this.#socket, new Error(reason), parts);
      return;
    }
    const call = this.#callOf(split.envelope);
    if (!call) {
      const reason = 'a reply to a request that has ended';
      const { id: socketId, endpoint } = this.#socket;
      this.#listener.status({ kind: 'dropped', endpoint, socketId, count: 1, reason });
      return;
    }
    let reply: unknown;
    try {
      reply = decode(this.#codecOf(this.#socket.from), split.body);
    } catch (error) {
      this.#listener.invalid(this.#socket, error, parts); // the try goes on, and may time out
      return;
    }
    call.taken = false; // there is nothing left to withdraw
    this.#finish(call);
    call.requester.reply(reply, call.request);
  }

  /** There is no server, which the driver reports at once. */
  #refused(parts: Parts, error: RxZmqError): void {
    const call = this.#calls.find((one) => one.parts === parts);
    if (!call) return;
    call.taken = false; // there is nothing left to withdraw
    this.#finish(call);
    call.requester.failed(attributed(error, this.#settings.of));
  }

  #callOf(envelope: Parts): Call | undefined {
    const id = idOf(envelope);
    if (id === undefined) return this.#calls.find(({ taken, plain }) => taken && plain); // the only one in flight
    const call = this.#calls.get(id);
    return call?.plain === true ? undefined : call;
  }
}
