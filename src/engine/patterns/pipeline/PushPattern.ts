import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { LoadBalancer } from '../turns/LoadBalancer.js';

/**
 * Sends each message to the next peer whose queue has space. Nothing is dropped: if all queues are full or there is no peer, it
 * accepts no message.
 */
export class PushPattern extends BasePattern {
  readonly #balancer = new LoadBalancer();

  attach(pipe: Pipe): boolean {
    this.#balancer.add(pipe);
    if (pipe.readable) pipe.discard();
    if (pipe.writable) this.roomMade();
    return true;
  }

  /** A pipe that keeps its messages until there is a peer can be written to from now on. */
  override connected(pipe: Pipe): void {
    this.#balancer.add(pipe);
  }

  detach(pipe: Pipe): void {
    this.#balancer.remove(pipe);
  }

  /** The application never reads it, and a full pipe would stop reading the heartbeats of its connection. */
  override readable(pipe: Pipe): void {
    pipe.discard();
  }

  override writable(pipe: Pipe): void {
    this.#balancer.writable(pipe);
    this.roomMade();
  }

  override send(parts: Parts, owned: boolean): boolean {
    const pipe = this.#balancer.next();
    if (pipe === undefined) return this.full();
    pipe.write(parts, owned);
    return true;
  }

  override hasRoom(): boolean {
    return this.#balancer.hasRoom() || this.full();
  }

  override withdraw(parts: Parts): boolean {
    return this.#balancer.withdraw(parts);
  }
}
