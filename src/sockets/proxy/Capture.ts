import type { Parts } from '../../basics/Parts.js';
import { copyParts } from '../../memory/copyParts.js';
import type { CaptureTraffic } from './ProxyStatus.js';
import type { PendingSend } from '../Sender.js';
import type { SocketSession } from '../SocketSession.js';

/** How many messages may wait for a driver that accepts one at a time. */
const MOST_WAITING = 1000;

/** Sends copies of the messages that a proxy forwards, as long as the queue has space: the proxy does not wait for it. */
export class Capture {
  readonly #session: SocketSession;
  #messages = 0;
  #dropped = 0;

  constructor(session: SocketSession) {
    this.#session = session;
  }

  readonly take = (parts: Parts): void => {
    const { sender, ended } = this.#session;
    if (ended) {
      this.#dropped += 1;
      return;
    }
    try {
      if (sender.write(parts, false)) {
        this.#messages += 1;
        sender.resume();
      } else if (sender.tellsLater && sender.size < MOST_WAITING) sender.post(this.#pending(parts));
      else this.#dropped += 1;
    } catch {
      this.#dropped += 1;
    }
  };

  notify(): CaptureTraffic {
    return { messages: this.#messages, dropped: this.#dropped };
  }

  #pending(parts: Parts): PendingSend {
    return {
      parts: copyParts(parts),
      isPatient: false,
      sent: () => (this.#messages += 1),
      failed: () => (this.#dropped += 1),
    };
  }
}
