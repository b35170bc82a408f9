import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { FairQueue } from '../turns/FairQueue.js';
import { RoutedPeer } from './RoutedPeer.js';
import { RoutingTable } from './RoutingTable.js';
import { sendError } from '../sendError.js';

/**
 * What router, stream, server and peer have in common: messages start with the routing id of the peer they come from or go
 * to. Where parts are borrowed the id is the same array each time: it must not be changed.
 */
export abstract class AddressedPattern extends BasePattern {
  protected readonly table = new RoutingTable();
  readonly #peers = new Map<Pipe, RoutedPeer>();
  readonly #queue = new FairQueue<RoutedPeer>();

  override get from(): Pipe | undefined {
    return this.#queue.last?.pipe;
  }

  /** The routing id of a pipe; `undefined`: it has none yet. */
  idOf(pipe: Pipe): Uint8Array | undefined {
    return this.#peers.get(pipe)?.id;
  }

  override readable(pipe: Pipe): void {
    const peer = this.#peers.get(pipe);
    if (peer?.isAddressed !== true) return;
    peer.refilled();
    this.#queue.add(peer);
    this.arrived();
  }

  override writable(_pipe: Pipe): void {
    this.roomMade();
  }

  override receive(borrow: boolean): Parts | undefined {
    return this.#queue.read(borrow) ?? this.nothing();
  }

  protected peerOf(pipe: Pipe): RoutedPeer | undefined {
    return this.#peers.get(pipe);
  }

  /** A pipe is there. */
  protected enter(pipe: Pipe): RoutedPeer {
    const peer = new RoutedPeer(pipe);
    this.#peers.set(pipe, peer);
    return peer;
  }

  /** It is gone. */
  protected forget(pipe: Pipe): RoutedPeer | undefined {
    const peer = this.#peers.get(pipe);
    this.#peers.delete(pipe);
    return peer;
  }

  /** Gives a peer the id it has, which is free, so that it is addressed by it and read. */
  protected hold(peer: RoutedPeer): void {
    peer.isAddressed = true;
    this.table.add(peer);
    if (peer.readable) this.#queue.add(peer);
  }

  /** Takes its id from a peer. What it has sent before stays to be read, under that id. */
  protected release(peer: RoutedPeer): void {
    peer.isAddressed = false;
    this.table.delete(peer);
    this.#queue.end(peer);
  }

  /** Takes its id from a peer, and nothing of it is to be read any more. */
  protected dismiss(peer: RoutedPeer): void {
    peer.isAddressed = false;
    this.table.delete(peer);
    this.#queue.remove(peer);
    peer.pipe.discard();
  }

  /** Has `[id, '']` received, in its place among the messages of the peer. */
  protected notice(peer: RoutedPeer): void {
    peer.notice();
    this.#queue.add(peer);
  }

  /** Has `[id, '']` received before any message of the peer. */
  protected announce(peer: RoutedPeer): void {
    peer.announce();
    this.#queue.add(peer);
  }

  /** Tells the host what has changed. To be called last. */
  protected changed(): void {
    if (this.#queue.readable) this.arrived();
    this.roomMade();
  }

  protected noSuchPeer(id: Uint8Array): Error {
    return sendError(this.host.endpoint, 'EHOSTUNREACH', `there is no peer with the routing id ${hexOf(id)}`);
  }
}

const SHOWN_BYTES = 32;

function hexOf(id: Uint8Array): string {
  let hex = '';
  for (let i = 0; i < Math.min(id.length, SHOWN_BYTES); i += 1) hex += id[i]!.toString(16).padStart(2, '0');
  return id.length > SHOWN_BYTES ? `${hex}... (${id.length} bytes)` : `0x${hex}`;
}
