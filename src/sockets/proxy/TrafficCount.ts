import type { Parts } from '../../basics/Parts.js';
import type { ProxyTraffic } from './ProxyStatus.js';

/** Counts the traffic in one direction of a proxy. */
export class TrafficCount {
  dropped = 0;
  #messages = 0;
  #bytes = 0;
  #messagesBefore = 0;
  #bytesBefore = 0;

  add(parts: Parts): void {
    this.#messages += 1;
    for (let i = 0; i < parts.length; i += 1) this.#bytes += parts[i]!.length;
  }

  /** The counts and rates, this many ms after the last call. */
  notify(elapsedMs: number, stalled: boolean): ProxyTraffic {
    const messages = this.#messages;
    const bytes = this.#bytes;
    const perSecond = elapsedMs > 0 ? 1000 / elapsedMs : 0;
    const messagesPerSecond = (messages - this.#messagesBefore) * perSecond;
    const bytesPerSecond = (bytes - this.#bytesBefore) * perSecond;
    this.#messagesBefore = messages;
    this.#bytesBefore = bytes;
    return { messages, bytes, messagesPerSecond, bytesPerSecond, dropped: this.dropped, stalled };
  }
}
