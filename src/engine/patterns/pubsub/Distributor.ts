import type { Parts } from '../../../basics/Parts.js';
import { fanOut } from '../../pipes/fanOut.js';
import type { Pipe } from '../../pipes/Pipe.js';
import type { PatternHost } from '../Pattern.js';

/** Sends one message to several pipes. A full pipe misses it or, with `noDrop`, blocks the message for all. */
export class Distributor {
  readonly #host: PatternHost;
  readonly #noDrop: boolean;
  readonly #pipes = new Set<Pipe>();
  #list: readonly Pipe[] | undefined;
  #blocker: Pipe | undefined;

  constructor(host: PatternHost, noDrop: boolean) {
    this.#host = host;
    this.#noDrop = noDrop;
  }

  /** All pipes: the same array until one is added or removed. */
  get pipes(): readonly Pipe[] {
    return (this.#list ??= [...this.#pipes]);
  }

  add(pipe: Pipe): void {
    this.#pipes.add(pipe);
    this.#list = undefined;
  }

  remove(pipe: Pipe): void {
    if (this.#pipes.delete(pipe)) this.#list = undefined;
  }

  /** `false`: nothing was sent, since one of the pipes is full and nothing may be dropped; see {@link unblocks}. */
  send(pipes: readonly Pipe[], parts: Parts, owned: boolean): boolean {
    if (pipes.length === 0) return true;
    if (this.#noDrop) {
      for (const pipe of pipes) {
        if (pipe.writable) continue;
        this.#blocker = pipe;
        return false;
      }
    }
    const missed = fanOut(pipes, parts, owned);
    if (missed > 0) this.#host.dropped(missed, 'the queue of a peer was full');
    return true;
  }

  /** The pipe has changed. Returns whether it was the one that blocked the last message: the caller may try again. */
  unblocks(pipe: Pipe): boolean {
    if (this.#blocker !== pipe) return false;
    this.#blocker = undefined;
    return true;
  }
}
