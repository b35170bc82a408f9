import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { isChange } from './isChange.js';
import { PublishingPattern, type Visit } from './PublishingPattern.js';

/** Sends each message to all peers with a subscription that its first part starts with. It ignores messages from its peers. */
export class PubPattern extends PublishingPattern {
  /** The last result of `#allBut`, and its arguments. */
  #inverse:
    { readonly matching: readonly Pipe[]; readonly all: readonly Pipe[]; readonly others: readonly Pipe[] } | undefined;

  override connected(pipe: Pipe): void {
    const { welcomeMessage } = this.options;
    if (welcomeMessage !== undefined && welcomeMessage.length > 0) {
      if (pipe.writable) pipe.write([welcomeMessage], false);
      else this.host.dropped(1, 'the queue of a new peer had no space for the welcome message');
    }
    super.connected(pipe);
  }

  override subscription(pipe: Pipe, topic: Uint8Array, on: boolean): void {
    const visit = this.visitOf(pipe);
    if (visit === undefined) return;
    this.change(pipe, visit, topic, on);
    this.changed(pipe);
  }

  /** Peers before ZMTP 3.1 subscribe by messages. */
  override readable(pipe: Pipe): void {
    for (let parts = pipe.read(false); parts !== undefined; parts = pipe.read(false)) this.take(pipe, parts);
    this.changed(pipe);
  }

  override send(parts: Parts, owned: boolean): boolean {
    return this.distribute(this.receivers(parts), parts, owned);
  }

  /** @param _told whether a socket that receives subscriptions receives this one as a message of its own */
  protected change(pipe: Pipe, visit: Visit, topic: Uint8Array, on: boolean, _told = true): void {
    if (!on) this.table.remove(pipe, topic);
    else if (this.allows(pipe, visit, topic, this.table)) this.table.add(pipe, topic);
  }

  /** Handles a message that has arrived: the subscriptions in it, and the rest of it. */
  protected take(pipe: Pipe, parts: Parts): void {
    const { onlyFirstSubscribe = false } = this.options;
    const first = isChange(parts[0]);
    if (!first && parts.length > 1) {
      for (const part of onlyFirstSubscribe ? [] : parts.filter(isChange)) {
        const visit = this.visitOf(pipe);
        if (visit !== undefined) this.change(pipe, visit, part.subarray(1), part[0] === 1, false);
      }
      this.upstream(pipe, parts);
      return;
    }
    let rest: Parts | undefined;
    for (const part of parts) {
      if (isChange(part) && (first || !onlyFirstSubscribe)) {
        // If the connection is gone, perhaps because of the last part, its subscriptions count no more.
        const visit = this.visitOf(pipe);
        if (visit !== undefined) this.change(pipe, visit, part.subarray(1), part[0] === 1);
      } else if (rest) rest.push(part);
      else this.upstream(pipe, (rest = [part]));
    }
  }

  /** A message of the peer that is not a subscription; parts may still be added to it. */
  protected upstream(_pipe: Pipe, _parts: Parts): void {}

  protected receivers(parts: Parts): readonly Pipe[] {
    const matching = this.table.match(parts[0] ?? NOTHING);
    return this.options.invertMatching === true ? this.#allBut(matching) : matching;
  }

  #allBut(matching: readonly Pipe[]): readonly Pipe[] {
    const all = this.distributor.pipes;
    if (this.#inverse?.matching === matching && this.#inverse.all === all) return this.#inverse.others;
    const out = new Set(matching);
    const others = all.filter((pipe) => !out.has(pipe));
    this.#inverse = { matching, all, others };
    return others;
  }
}

const NOTHING = new Uint8Array(0);
