import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { AddressedPattern } from '../reqrep/AddressedPattern.js';
import { requireParts } from '../requireParts.js';
import { NOT_SINGLE } from '../single.js';

const ID_BYTES = 4;

/**
 * Receives from all peers in turns and sends to one peer, both as `[id, body]` with an id of four bytes that is never 0. A pipe has
 * its id from the start and keeps it over reconnects. An incoming message of several parts is dropped; its connection stays open.
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
    this.changed(); // also for a sender that waits for this peer, which must find out that it is gone
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
