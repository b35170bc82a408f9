import type { Parts } from '../../basics/Parts.js';
import type { Demand } from '../../demand/types.js';
import type { RxZmqError } from '../../errors.js';
import { statusReporter } from '../../endpoints/status/statusReporter.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import type { ReaderSettings } from '../config/readerSettings.js';
import { decodeMessage } from '../messages/decodeMessage.js';
import { type Blacklist } from '../rules/Blacklist.js';
import { RoutingIdFilter } from '../rules/RoutingIdFilter.js';
import { SequenceCheck, type SequenceGap } from '../rules/SequenceCheck.js';
import { Acknowledgements } from '../socket/Acknowledgements.js';
import { SavantSocket } from '../socket/SavantSocket.js';
import { ReaderMachine } from './ReaderMachine.js';
import type { ReaderResult } from './ReaderResult.js';
import type { ReaderStatus } from '../config/ReaderStatus.js';

/** The listener of a {@link ReaderChannel}. */
export interface ReaderChannelListener {
  /** The demand of the consumer of the pipeline. */
  readonly below?: Demand | undefined;
  readable(): void;
  /** Called after the observer of the options. */
  status(status: SocketStatus): void;
  failed(error: RxZmqError): void;
  closed(): void;
}

/** A reader from its opening to its end: its socket, the results of its messages, and the answers to them. */
export class ReaderChannel {
  readonly notify: (status: ReaderStatus) => void;
  readonly #socket: SavantSocket;
  readonly #machine: ReaderMachine;
  readonly #lingerMs: number;

  constructor(settings: ReaderSettings, blacklist: Blacklist, listener: ReaderChannelListener) {
    const { socket, type, prefix, protocolVersions, routingCacheSize, lingerMs } = settings;
    this.#lingerMs = lingerMs;
    const watched = { of: settings.of, clock: socket.raw.clock };
    this.notify = statusReporter(settings.status, watched, listener.below) as (status: ReaderStatus) => void;
    const acknowledgements = new Acknowledgements((parts) => this.#socket.write(parts, true));
    this.#machine = new ReaderMachine({
      type,
      prefix,
      protocolVersions,
      blacklist,
      routingIds: new RoutingIdFilter(routingCacheSize),
      sequence: new SequenceCheck(),
      decode: decodeMessage,
      acknowledge: (routingId) => acknowledgements.send(routingId),
      missed: (gap) => this.#missed(gap),
    });
    this.#socket = new SavantSocket(socket, {
      readable: () => listener.readable(),
      writable: () => acknowledgements.flush(),
      tried: (outcome) => acknowledgements.tried(outcome),
      status: (status) => {
        this.notify(status);
        listener.status(status);
      },
      failed: (error) => listener.failed(error),
      closed: () => listener.closed(),
    });
    if (type === 'sub') this.#socket.subscribe(prefix.bytes);
  }

  get id(): number {
    return this.#socket.id;
  }

  get endpoint(): string {
    return this.#socket.endpoint;
  }

  read(): Parts | undefined {
    return this.#socket.read();
  }

  /**
   * Returns the result of a message that was read, and answers it.
   *
   * @throws if it cannot be decoded
   */
  take(parts: Parts): ReaderResult {
    return this.#machine.take(parts);
  }

  close(): void {
    this.#socket.close(this.#lingerMs);
  }

  #missed(gap: SequenceGap): void {
    const { id: socketId, endpoint } = this.#socket;
    this.notify({ kind: 'sequenceGap', endpoint, socketId, ...gap });
  }
}
