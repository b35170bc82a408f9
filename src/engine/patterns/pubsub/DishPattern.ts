import type { Parts } from '../../../basics/Parts.js';
import { OptionError } from '../../../errors.js';
import { byteText } from '../../../basics/byteText.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { FairQueue } from '../turns/FairQueue.js';
import { MAX_GROUP_BYTES } from '../../../driver/groups.js';
import { LocalSubscriptions } from './LocalSubscriptions.js';

/** Receives from all peers in turns, but only messages (a group and a body) of groups that it has joined. */
export class DishPattern extends BasePattern {
  readonly #queue = new FairQueue();
  readonly #pipes = new Set<Pipe>();
  readonly #groups = new LocalSubscriptions();

  override get from(): Pipe | undefined {
    return this.#queue.last;
  }

  attach(pipe: Pipe): boolean {
    this.#pipes.add(pipe);
    if (pipe.readable) this.readable(pipe);
    return true;
  }

  override connected(pipe: Pipe): void {
    this.#groups.forEach((group) => pipe.join(group, true));
  }

  detach(pipe: Pipe): void {
    this.#pipes.delete(pipe);
    this.#queue.end(pipe);
  }

  override readable(pipe: Pipe): void {
    this.#queue.add(pipe);
    this.arrived();
  }

  override receive(borrow: boolean): Parts | undefined {
    for (let parts = this.#queue.read(borrow); parts !== undefined; parts = this.#queue.read(borrow)) {
      const group = parts[0];
      if (parts.length !== 2 || group === undefined || group.length > MAX_GROUP_BYTES) {
        this.#queue.last?.refuse('a radio sends a group and a body, and no group is longer than 255 bytes');
      } else if (this.#groups.has(group)) return parts;
    }
    return this.nothing();
  }

  override join(group: Uint8Array): void {
    if (group.length > MAX_GROUP_BYTES) {
      throw new OptionError('group', group, `a group has ${MAX_GROUP_BYTES} bytes at most, not ${group.length}`);
    }
    if (group.includes(0)) throw new OptionError('group', group, 'a group has no byte that is 0: libzmq cuts it there');
    if (this.#groups.has(group)) throw new OptionError('group', group, `${show(group)} is joined already`);
    this.#groups.add(group);
    for (const pipe of this.#pipes) pipe.join(group, true);
  }

  override leave(group: Uint8Array): void {
    if (!this.#groups.remove(group)) throw new OptionError('group', group, `${show(group)} is not joined`);
    for (const pipe of this.#pipes) pipe.join(group, false);
  }
}

function show(group: Uint8Array): string {
  return `the group ${JSON.stringify(byteText(group))}`;
}
