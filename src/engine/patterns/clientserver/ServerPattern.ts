import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { AddressedPattern } from '../reqrep/AddressedPattern.js';
import { requireParts } from '../requireParts.js';
import { NOT_SINGLE } from '../single.js';

const ID_BYTES = 4;

/**
 * Receives from all peers in turns and sends to the peer that is named, both as `[id, body]` with an id of four bytes that is
 * never 0. A pipe has its id from the start and keeps it over reconnects. A message of several parts that arrives is
 * dropped, and its connection kept.
 */
export class ServerPattern extends AddressedPattern {
  attach(pipe: Pipe): boolean {
    const { assignedId } = pipe;
    if (assignedId !== undefined && !this.#isFree(assignedId)) return false;
    const peer = this.enter(pipe);
    peer.id = assignedId?.slice() ?? this.table.freeNumber();
    this.hold(peer);
    this.changed();
    return true;
  }

  detach(pipe: Pipe): void {
    const peer = this.forget(pipe);
    if (peer === undefined) return;
    this.release(peer);
    this.changed(); // also for whoever waits for room there: there is no such peer any more
  }

  override send(parts: Parts, owned: boolean): boolean {
    requireParts(this.host, parts, 2, 'a routing id and one part');
    const id = parts[0]!;
    const pipe = this.table.find(id)?.pipe;
    if (pipe === undefined) throw this.noSuchPeer(id);
    if (!pipe.writable) return this.full();
    pipe.write([parts[1]!], owned);
    return true;
  }

  override receive(borrow: boolean): Parts | undefined {
    for (;;) {
      const parts = super.receive(borrow);
      if (parts === undefined || parts.length === 2) return parts;
      this.host.dropped(1, NOT_SINGLE);
    }
  }

  #isFree(id: Uint8Array): boolean {
    return id.length === ID_BYTES && id.some((byte) => byte !== 0) && this.table.find(id) === undefined;
  }
}
