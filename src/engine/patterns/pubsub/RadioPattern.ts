import type { Parts } from '../../../basics/Parts.js';
import { byteText } from '../../../basics/byteText.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { MAX_GROUP_BYTES } from '../../../driver/groups.js';
import { PublishingPattern } from './PublishingPattern.js';
import { requireParts } from '../requireParts.js';
import { sendError } from '../sendError.js';

/** Sends each message, a group and a body, to all peers that have joined the group. */
export class RadioPattern extends PublishingPattern {
  /** A peer that joins a group several times must leave it as often. For each such group: how many times more than once. */
  readonly #repeats = new Map<Pipe, Map<string, number>>();

  override membership(pipe: Pipe, group: Uint8Array, on: boolean): void {
    const visit = this.visitOf(pipe);
    if (visit === undefined) return;
    if (!on) this.#leave(pipe, group);
    else if (this.allows(pipe, visit, group, this.table)) this.#join(pipe, group);
    this.changed(pipe);
  }

  /** A dish sends nothing. */
  override readable(pipe: Pipe): void {
    pipe.discard();
  }

  override send(parts: Parts, owned: boolean): boolean {
    requireParts(this.host, parts, 2, 'a group and a body');
    const group = parts[0]!;
    if (group.length > MAX_GROUP_BYTES) {
      const reason = `a group has ${MAX_GROUP_BYTES} bytes at most, not ${group.length}`;
      throw sendError(this.host.endpoint, 'EINVAL', reason);
    }
    return this.distribute(this.table.matchWhole(group), parts, owned);
  }

  protected override longestTopic(pipe: Pipe): number {
    return Math.min(super.longestTopic(pipe), MAX_GROUP_BYTES);
  }

  protected override forget(pipe: Pipe): void {
    this.#repeats.delete(pipe);
    super.forget(pipe);
  }

  #join(pipe: Pipe, group: Uint8Array): void {
    if (this.table.add(pipe, group) !== 'had') return;
    let repeats = this.#repeats.get(pipe);
    if (repeats === undefined) this.#repeats.set(pipe, (repeats = new Map<string, number>()));
    const name = byteText(group);
    repeats.set(name, (repeats.get(name) ?? 0) + 1);
  }

  #leave(pipe: Pipe, group: Uint8Array): void {
    const repeats = this.#repeats.get(pipe);
    const name = repeats === undefined ? '' : byteText(group);
    const count = repeats?.get(name);
    if (count === undefined) this.table.remove(pipe, group);
    else if (count > 1) repeats!.set(name, count - 1);
    else repeats!.delete(name);
  }
}
