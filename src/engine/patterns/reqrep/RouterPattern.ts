import type { Parts } from '../../../basics/Parts.js';
import { sameBytes } from '../../../basics/bytes.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { AddressedPattern } from './AddressedPattern.js';
import { partsFrom } from '../partsFrom.js';
import type { PatternHost } from '../Pattern.js';
import type { TypeOptions } from '../../../driver/TypeOptions.js';
import { Probes } from './Probes.js';
import type { RoutedPeer } from './RoutedPeer.js';
import { requireId } from './requireId.js';

/**
 * Receives from all peers in turns and sends to the peer whose id is the first part. The id is the argument of `connect`; without it,
 * the one that the peer has chosen; without that, a generated one. A connecting pipe keeps its first id.
 *
 * Of several peers with the same id only the first holds it, with `handover` the last. The others are not read, and nothing is sent
 * to them, until it is gone. What it sent before that is still received.
 */
export class RouterPattern extends AddressedPattern {
  readonly #probes: Probes;
  readonly #mandatory: boolean;
  readonly #handover: boolean;
  readonly #tellsConnect: boolean;
  readonly #tellsDisconnect: boolean;
  /** Peers whose id another peer holds, in the order of their turns. */
  readonly #waiting: RoutedPeer[] = [];

  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options);
    const { notify = 'none' } = options;
    this.#probes = new Probes(options.probe);
    this.#mandatory = options.mandatory === true;
    this.#handover = options.handover === true;
    this.#tellsConnect = notify === 'connect' || notify === 'both';
    this.#tellsDisconnect = notify === 'disconnect' || notify === 'both';
  }

  attach(pipe: Pipe): boolean {
    const { assignedId } = pipe;
    if (assignedId !== undefined && !this.#handover && this.table.find(assignedId) !== undefined) return false;
    this.#probes.attached(pipe);
    const peer = this.enter(pipe);
    if (assignedId !== undefined) {
      this.#claim(peer, assignedId.slice());
      this.changed();
    }
    return true;
  }

  override connected(pipe: Pipe): void {
    const peer = this.peerOf(pipe);
    if (peer === undefined) return;
    this.#probes.ready(pipe);
    const isNew = peer.id === undefined;
    if (isNew) {
      const identity = pipe.peer?.identity;
      this.#claim(peer, identity !== undefined && identity.length > 0 ? identity.slice() : this.table.freeId());
    }
    if (!peer.isAddressed) return;
    if (this.#tellsConnect) {
      if (isNew) this.announce(peer);
      else this.notice(peer);
    }
    this.changed();
  }

  override disconnected(pipe: Pipe): void {
    const peer = this.peerOf(pipe);
    if (peer?.isAddressed !== true || !this.#tellsDisconnect) return;
    this.notice(peer);
    this.changed();
  }

  detach(pipe: Pipe): void {
    this.#probes.detached(pipe);
    const peer = this.forget(pipe);
    if (peer === undefined) return;
    if (!peer.isAddressed) {
      const at = this.#waiting.indexOf(peer);
      if (at >= 0) this.#waiting.splice(at, 1);
      return;
    }
    if (this.#tellsDisconnect) this.notice(peer);
    this.release(peer);
    this.#promote(peer.id!);
    this.changed(); // also without a successor: a sender that waits for this peer must find out that it is gone
  }

  override writable(pipe: Pipe): void {
    this.#probes.ready(pipe);
    super.writable(pipe);
  }

  override send(parts: Parts, owned: boolean): boolean {
    const id = requireId(this.host, parts);
    const peer = this.table.find(id);
    if (peer === undefined) {
      if (this.#mandatory) throw this.noSuchPeer(id);
      if (parts.length > 1) this.host.dropped(1, 'there is no peer with the routing id of the message');
      return true;
    }
    if (parts.length === 1) return true;
    const { pipe } = peer;
    if (!pipe.writable) {
      if (this.#mandatory) return this.full();
      this.host.dropped(1, 'the queue of the peer is full');
      return true;
    }
    pipe.write(partsFrom(parts, 1), owned);
    return true;
  }

  /** Assigns its id to a peer, if it can have it now. */
  #claim(peer: RoutedPeer, id: Uint8Array): void {
    peer.id = id;
    const holder = this.table.find(id);
    if (holder !== undefined && !this.#handover) {
      this.#waiting.push(peer);
      return;
    }
    if (holder !== undefined) {
      // The old connection may be dead without our knowing yet, or its peer would only come back to take the id again. So it stays
      // open, and gets the id again when the new one is gone.
      this.release(holder);
      this.#waiting.unshift(holder);
    }
    this.hold(peer);
  }

  /** Assigns an id that is free again to the first peer that waits for it. */
  #promote(id: Uint8Array): void {
    const at = this.#waiting.findIndex((peer) => sameBytes(peer.id!, id));
    if (at < 0) return;
    const [peer] = this.#waiting.splice(at, 1) as [RoutedPeer];
    if (this.#tellsConnect && peer.pipe.connected) this.announce(peer);
    this.hold(peer);
  }
}
