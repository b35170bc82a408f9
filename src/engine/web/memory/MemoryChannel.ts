import type { Channel, ChannelListener } from '../Channel.js';
import { closeCodes } from '../closeCodes.js';

/** Calls back when something that is sent now arrives. */
export type Deliver = (callback: () => void) => void;

/** One end of a WebSocket in memory, for runs in virtual time. Messages arrive a little later, in order. */
export class MemoryChannel implements Channel {
  readonly bufferedBytes = 0;
  readonly copiesAtOnce = true;
  readonly #deliver: Deliver;
  #other: MemoryChannel | undefined;
  #listener: ChannelListener | undefined;
  #early: (() => void)[] = [];
  #closing = false;
  #over = false;

  private constructor(deliver: Deliver) {
    this.#deliver = deliver;
  }

  /** Creates both ends of a WebSocket. */
  static pair(deliver: Deliver): [MemoryChannel, MemoryChannel] {
    const [one, other] = [new MemoryChannel(deliver), new MemoryChannel(deliver)];
    one.#other = other;
    other.#other = one;
    return [one, other];
  }

  open(listener: ChannelListener): void {
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    for (const call of early) this.#deliver(call);
  }

  send(data: string | Uint8Array): void {
    if (this.#closing || this.#over) return;
    const message = typeof data === 'string' ? data : data.slice();
    this.#tell((listener) => listener.message(message));
  }

  close(code: number, reason: string): void {
    if (this.#closing || this.#over) return;
    this.#closing = true;
    this.#closeBoth(code, reason);
  }

  destroy(): void {
    if (!this.#over) this.#closeBoth(closeCodes.broken, '');
  }

  #closeBoth(code: number, reason: string): void {
    const other = this.#other!;
    this.#deliver(() => {
      other.#end(code, reason);
      this.#deliver(() => this.#end(code, reason));
    });
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    const tell = (): void => this.#listener?.closed(code, reason);
    if (this.#listener) tell();
    else this.#early.push(tell);
  }

  #tell(call: (listener: ChannelListener) => void): void {
    const other = this.#other!;
    this.#deliver(() => {
      if (other.#over) return;
      if (other.#listener) call(other.#listener);
      else other.#early.push(() => other.#over || call(other.#listener!));
    });
  }
}
