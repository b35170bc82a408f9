import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { AddressedPattern } from './AddressedPattern.js';
import type { PatternHost } from '../Pattern.js';
import type { TypeOptions } from '../../../driver/TypeOptions.js';
import { requireParts } from '../requireParts.js';

/**
 * Bytes from and to peers that need not speak ZeroMQ, as `[id, data]`, in pieces as they arrive. The socket receives `[id, '']` when a
 * peer connects or disconnects; sending it closes the connection. The id is the argument of `connect`; without it, a generated one. A
 * connecting pipe keeps it.
 */
export class StreamPattern extends AddressedPattern {
  readonly #tellsConnect: boolean;
  readonly #tellsDisconnect: boolean;

  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options);
    const { notify = 'both' } = options;
    this.#tellsConnect = notify === 'connect' || notify === 'both';
    this.#tellsDisconnect = notify === 'disconnect' || notify === 'both';
  }

  attach(pipe: Pipe): boolean {
    const { assignedId } = pipe;
    if (assignedId !== undefined && this.table.find(assignedId) !== undefined) return false;
    const peer = this.enter(pipe);
    peer.id = assignedId?.slice() ?? this.table.freeId();
    this.hold(peer);
    this.changed();
    return true;
  }

  override connected(pipe: Pipe): void {
    if (this.#tellsConnect) this.#notify(pipe);
  }

  override disconnected(pipe: Pipe): void {
    if (this.#tellsDisconnect) this.#notify(pipe);
  }

  detach(pipe: Pipe): void {
    const peer = this.forget(pipe);
    if (peer?.isAddressed !== true) return;
    if (this.#tellsDisconnect) this.notice(peer);
    this.release(peer);
    this.changed(); // also for a sender that waits for this peer, which must find out that it is gone
  }

  override send(parts: Parts, owned: boolean): boolean {
    requireParts(this.host, parts, 2, 'a routing id and data');
    const id = parts[0]!;
    const data = parts[1]!;
    const peer = this.table.find(id);
    if (peer === undefined) throw this.noSuchPeer(id);
    const { pipe } = peer;
    if (data.length === 0) {
      // The application has closed the connection: it needs neither later data nor a notice.
      this.dismiss(peer);
      pipe.end();
      return true;
    }
    if (!pipe.writable) return this.full();
    pipe.write([data], owned);
    return true;
  }

  #notify(pipe: Pipe): void {
    const peer = this.peerOf(pipe);
    if (peer?.isAddressed !== true) return;
    this.notice(peer);
    this.changed();
  }
}
