import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { FairQueue } from '../turns/FairQueue.js';
import { RoutedPeer } from './RoutedPeer.js';
import { RoutingTable } from './RoutingTable.js';
import { sendError } from '../sendError.js';

/**
 * The common part of router, stream, server and peer: a message starts with the routing id of its sender or receiver. If parts are
 * borrowed, the id is the same array each time and must not be changed.
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

  /** A new pipe. */
  protected enter(pipe: Pipe): RoutedPeer {
    const peer = new RoutedPeer(pipe);
    this.#peers.set(pipe, peer);
    return peer;
  }

  /** The pipe is gone. */
  protected forget(pipe: Pipe): RoutedPeer | undefined {
    const peer = this.#peers.get(pipe);
    this.#peers.delete(pipe);
    return peer;
  }

  /** Assigns its id, which is free, to a peer: messages can be sent to it and are read from it. */
  protected hold(peer: RoutedPeer): void {
    peer.isAddressed = true;
    this.table.add(peer);
    if (peer.readable) this.#queue.add(peer);
  }

  /** Frees the id of a peer. Its messages that have arrived can still be read, with that id. */
  protected release(peer: RoutedPeer): void {
    peer.isAddressed = false;
    this.table.delete(peer);
    this.#queue.end(peer);
  }

  /** Frees the id of a peer, and discards its messages. */
  protected dismiss(peer: RoutedPeer): void {
    peer.isAddressed = false;
    this.table.delete(peer);
    this.#queue.remove(peer);
    peer.pipe.discard();
  }

  /** The socket receives `[id, '']`, in order with the messages of the peer. */
  protected notice(peer: RoutedPeer): void {
    peer.notice();
    this.#queue.add(peer);
  }

  /** The socket receives `[id, '']` before any message of the peer. */
  protected announce(peer: RoutedPeer): void {
    peer.announce();
    this.#queue.add(peer);
  }

  /** Calls the host after a change. Call it last. */
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
