import { Deadline } from '../../../time/Deadline.js';
import type { Carrier, CarrierOptions, ConnectListener, ListenListener, StreamListener } from '../Carrier.js';
import type { MemoryAddresses } from './MemoryAddresses.js';
import { MemoryConnection, type MemoryNet } from './MemoryConnection.js';
import { CarrierError, reasonOf } from '../reasons.js';

/** After how long the system gives up connecting without an answer, in ms. */
const SYSTEM_TIMEOUT_MS = 127_000;

/** How an endpoint answers connections: it accepts or refuses them, or does not answer at all. */
export type MemoryAnswer = 'accept' | 'refuse' | 'silence';

/** The common state of the carriers of one network. */
export interface MemoryHub extends MemoryNet {
  answerTo(endpoint: string): MemoryAnswer;
  opened(connection: MemoryConnection): void;
  closed(connection: MemoryConnection): void;
}

/** The differences between the transports. */
export interface MemoryTransport {
  readonly addresses: MemoryAddresses<ListenListener>;
  /** The error code if no socket listens at the endpoint. */
  readonly refusal: string;
  /** The addresses of the connecting side and of the listening side, as the other side sees them. */
  addressesOf(endpoint: string): { readonly near: string; readonly far: string };
}

/** The listener of a connection that its owner has cancelled. */
const NOBODY: StreamListener = {
  target: () => new Uint8Array(1),
  filled: () => undefined,
  data: () => undefined,
  drained: () => undefined,
  ended: () => undefined,
  closed: () => undefined,
};

/** Connects and listens within one network in memory. */
export class MemoryCarrier implements Carrier {
  readonly #hub: MemoryHub;
  readonly #transport: MemoryTransport;

  constructor(hub: MemoryHub, transport: MemoryTransport) {
    this.#hub = hub;
    this.#transport = transport;
  }

  connect(endpoint: string, options: CarrierOptions, listener: ConnectListener): () => void {
    const { clock, schedule, travel } = this.#hub;
    const { connectTimeoutMs = 0 } = options;
    let over = false;
    const fail = (error: Error): void => {
      if (over) return;
      cancel();
      listener.failed(reasonOf(error), error);
    };
    const timeoutMs = connectTimeoutMs === 0 ? SYSTEM_TIMEOUT_MS : connectTimeoutMs;
    const timedOut = new CarrierError('ETIMEDOUT', `no answer within ${timeoutMs} ms`);
    const deadline = new Deadline(clock, () => fail(timedOut));
    deadline.set(timeoutMs);
    const cancel = (): void => {
      over = true;
      deadline.close();
    };
    const answered = (connection: MemoryConnection | undefined): void => {
      if (!connection) return fail(new CarrierError(this.#transport.refusal));
      const { near } = connection;
      if (over) {
        near.hear(NOBODY);
        near.destroy();
      } else {
        cancel();
        near.hear(listener.opened(near));
      }
    };
    schedule(() => {
      if (over) return;
      travel(() => this.#ask(endpoint, (connection) => travel(() => schedule(() => answered(connection)))));
    });
    return cancel;
  }

  listen(endpoint: string, _options: CarrierOptions, listener: ListenListener): (closed: () => void) => void {
    const { schedule } = this.#hub;
    const { addresses } = this.#transport;
    const bound = addresses.bind(endpoint, listener);
    let stopped = false;
    schedule(() => {
      if (stopped) return;
      const inUse = new CarrierError('EADDRINUSE');
      if (bound === undefined) listener.failed(reasonOf(inUse), inUse);
      else listener.listening(bound);
    });
    return (closed) => {
      if (!stopped && bound !== undefined) addresses.free(bound);
      stopped = true;
      schedule(closed);
    };
  }

  /** The connecting side gets the answer before the other side can send anything. */
  #ask(endpoint: string, answer: (connection: MemoryConnection | undefined) => void): void {
    const { addresses } = this.#transport;
    const target = addresses.normalize(endpoint);
    const rule = this.#hub.answerTo(target);
    if (rule === 'silence') return;
    const listener = rule === 'accept' ? addresses.find(target) : undefined;
    if (!listener) return answer(undefined);
    const { near, far } = this.#transport.addressesOf(endpoint);
    const connection = new MemoryConnection(this.#hub, target, near, far, (gone) => this.#hub.closed(gone));
    this.#hub.opened(connection);
    answer(connection);
    connection.far.hear(listener.accepted(connection.far));
  }
}
