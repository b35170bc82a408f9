import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { FairQueue } from '../turns/FairQueue.js';
import { LoadBalancer } from '../turns/LoadBalancer.js';

/**
 * The common part of dealer and client: it sends each message to the next peer whose queue has space, and receives from all peers
 * in turns.
 */
export abstract class BalancedPattern extends BasePattern {
  readonly #balancer = new LoadBalancer();
  readonly #queue = new FairQueue();

  override get from(): Pipe | undefined {
    return this.#queue.last;
  }

  get next(): Pipe | undefined {
    return this.#balancer.peek();
  }

  attach(pipe: Pipe): boolean {
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
    this.#balancer.remove(pipe);
    this.#queue.end(pipe);
  }

  override readable(pipe: Pipe): void {
    this.#queue.add(pipe);
    this.arrived();
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

  override receive(borrow: boolean): Parts | undefined {
    return this.#queue.read(borrow) ?? this.nothing();
  }

  override withdraw(parts: Parts): boolean {
    return this.#balancer.withdraw(parts);
  }
}
