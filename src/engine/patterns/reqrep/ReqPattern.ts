import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { LoadBalancer } from '../turns/LoadBalancer.js';
import { partsFrom } from '../partsFrom.js';
import type { PatternHost } from '../Pattern.js';
import type { TypeOptions } from '../../../driver/TypeOptions.js';
import { prepend } from '../prepend.js';
import { Probes } from './Probes.js';
import { sendError } from '../sendError.js';

const NUMBER_BYTES = 4;

/**
 * Sends a request to the next peer whose queue has space, and receives its reply, one request after the other. Everything else that
 * arrives is dropped. A request that is lost with its connection is not sent again, and no other request can be sent before a reply
 * has arrived, unless `relaxed` is set. If the peer itself is gone for good, a reply from any peer is accepted. A peer whose reply has
 * no delimiter is refused.
 */
export class ReqPattern extends BasePattern {
  readonly #pipes = new Set<Pipe>();
  readonly #balancer = new LoadBalancer();
  readonly #probes: Probes;
  readonly #relaxed: boolean;
  readonly #correlate: boolean;
  /** A request was sent and has no reply yet. */
  #waiting = false;
  /** The peer that got the last request; `undefined`: none yet, or it is gone. */
  #replier: Pipe | undefined;
  /** There may be unread replies that are not from the replier. */
  #strays = false;
  #number = (Math.random() * 2 ** 32) >>> 0;
  /** The last request if it is owned, and the message that was written for it, for `withdraw`. */
  #request: Parts | undefined;
  #written: Parts | undefined;
  #from: Pipe | undefined;

  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options);
    this.#probes = new Probes(options.probe);
    this.#relaxed = options.relaxed === true;
    this.#correlate = options.correlate === true;
  }

  override get from(): Pipe | undefined {
    return this.#from;
  }

  attach(pipe: Pipe): boolean {
    this.#probes.attached(pipe);
    this.#pipes.add(pipe);
    this.#balancer.add(pipe);
    if (pipe.readable) this.readable(pipe);
    if (pipe.writable) this.roomMade();
    return true;
  }

  /** A pipe that keeps its messages until there is a peer can be written to from now on. */
  override connected(pipe: Pipe): void {
    this.#balancer.add(pipe);
  }

  detach(pipe: Pipe): void {
    this.#probes.detached(pipe);
    this.#pipes.delete(pipe);
    this.#balancer.remove(pipe);
    if (pipe === this.#replier && !pipe.readable) this.#replier = undefined;
  }

  override readable(pipe: Pipe): void {
    if (!this.#waiting || (this.#replier !== undefined && pipe !== this.#replier)) {
      pipe.discard(); // there is no request, or it was given up
      return;
    }
    if (pipe !== this.#replier) this.#strays = true;
    this.arrived();
  }

  override writable(pipe: Pipe): void {
    this.#probes.ready(pipe);
    this.#balancer.writable(pipe);
    this.roomMade();
  }

  override send(parts: Parts, owned: boolean): boolean {
    if (this.#waiting && !this.#relaxed) {
      const reason = 'the last request has no reply yet; receive it first, or set `relaxed` to give it up';
      throw sendError(this.host.endpoint, 'EFSM', reason);
    }
    const pipe = this.#balancer.next();
    if (pipe === undefined) return this.full();
    this.#dropOld(pipe);
    let message = prepend(new Uint8Array(), parts);
    if (this.#correlate) message = prepend(this.#nextNumber(), message);
    this.#waiting = true;
    this.#replier = pipe;
    this.#request = owned ? parts : undefined;
    this.#written = owned ? message : undefined;
    pipe.write(message, owned);
    return true;
  }

  override hasRoom(): boolean {
    return this.#balancer.hasRoom() || this.full();
  }

  override receive(borrow: boolean): Parts | undefined {
    while (this.#waiting) {
      const pipe = this.#replier ?? this.#anyone();
      if (pipe === undefined) break;
      const parts = pipe.read(borrow);
      if (parts === undefined) {
        if (this.#pipes.has(pipe)) break;
        this.#replier = undefined; // it is gone without a reply
        continue;
      }
      const body = bodyOf(parts);
      if (body < 0) {
        pipe.refuse('its reply has no delimiter, or nothing behind it');
        continue;
      }
      if (!this.#isReply(parts, body)) continue;
      this.#waiting = false;
      this.#request = undefined;
      this.#written = undefined;
      this.#from = pipe;
      return partsFrom(parts, body);
    }
    return this.nothing();
  }

  override withdraw(parts: Parts): boolean {
    if (parts !== this.#request || this.#replier?.withdraw(this.#written!) !== true) return false;
    this.#waiting = false;
    this.#request = undefined;
    this.#written = undefined;
    return true;
  }

  /** Drops what arrived before the request is sent: it cannot be a reply to it. */
  #dropOld(pipe: Pipe): void {
    if (pipe.readable) pipe.discard();
    if (this.#replier?.readable === true) this.#replier.discard();
    if (!this.#strays) return;
    this.#strays = false;
    for (const other of this.#pipes) if (other.readable) other.discard();
  }

  /** Any peer with a reply, for a request whose peer is gone. */
  #anyone(): Pipe | undefined {
    for (const pipe of this.#pipes) if (pipe.readable) return pipe;
    return undefined;
  }

  /** The number of the next request, little-endian as in libzmq on most machines. */
  #nextNumber(): Uint8Array {
    const number = new Uint8Array(NUMBER_BYTES);
    this.#number = (this.#number + 1) >>> 0;
    new DataView(number.buffer).setUint32(0, this.#number, true);
    return number;
  }

  /** Whether a reply has the number of the request; without `correlate`, whether it has no number. */
  #isReply(parts: Parts, body: number): boolean {
    if (!this.#correlate) return body === 1;
    if (body !== 2) return false;
    const number = parts[0]!;
    const value = number[0]! | (number[1]! << 8) | (number[2]! << 16) | (number[3]! << 24);
    return value >>> 0 === this.#number;
  }
}

/** The index where the body of a reply starts, after an optional number and the delimiter; -1: the reply is malformed. */
function bodyOf(parts: Parts): number {
  const { length } = parts;
  if (length >= 2 && parts[0]!.length === 0) return 1;
  if (length >= 3 && parts[0]!.length === NUMBER_BYTES && parts[1]!.length === 0) return 2;
  return -1;
}
