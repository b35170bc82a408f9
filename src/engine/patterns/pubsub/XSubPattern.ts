import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { Distributor } from './Distributor.js';
import { isChange } from './isChange.js';
import type { PatternHost } from '../Pattern.js';
import type { TypeOptions } from '../../../driver/TypeOptions.js';
import { SubPattern } from './SubPattern.js';

/**
 * A sub socket that subscribes by sending `01 topic` and unsubscribes by sending `00 topic`. It sends all other messages to all its
 * peers, and receives everything that arrives.
 *
 * Every `01 topic` is sent to the peers: behind a proxy each may be from another subscriber. Of several `00 topic` only the last is
 * sent, or with `verboseUnsubscribe` each. Neither counts for the high-water mark, and neither is dropped when a message would be.
 */
export class XSubPattern extends SubPattern {
  readonly #distributor: Distributor;

  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options);
    this.#distributor = new Distributor(host, false);
  }

  override attach(pipe: Pipe): boolean {
    this.#distributor.add(pipe);
    return super.attach(pipe);
  }

  override detach(pipe: Pipe): void {
    this.#distributor.remove(pipe);
    super.detach(pipe);
  }

  override send(parts: Parts, owned: boolean): boolean {
    const { onlyFirstSubscribe = false } = this.options;
    const first = isChange(parts[0]);
    if (!first && (onlyFirstSubscribe || !parts.some(isChange))) return this.#message(parts, owned);

    if (parts.length === 1) {
      this.#change(parts[0]!.subarray(1), parts[0]![0] === 1);
      return true;
    }
    for (const part of parts) {
      if (!isChange(part)) continue;
      if (part[0] === 1) this.topics.add(part.subarray(1));
      else this.topics.remove(part.subarray(1));
    }
    return this.#message(parts, owned); // unchanged: peers check each part themselves
  }

  protected override wants(_parts: Parts): boolean {
    return true;
  }

  #message(parts: Parts, owned: boolean): boolean {
    return this.#distributor.send(this.#distributor.pipes, parts, owned);
  }

  #change(topic: Uint8Array, on: boolean): void {
    if (on) {
      this.topics.add(topic);
      this.notify(topic, true);
    } else if (this.topics.remove(topic) || this.options.verboseUnsubscribe === true) {
      this.notify(topic, false);
    }
  }
}
