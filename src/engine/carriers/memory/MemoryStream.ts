import type { Clock } from '../../../time/Clock.js';
import type { Stream, StreamListener } from '../Carrier.js';
import { CLOSED_HERE, CLOSED_THERE, SILENCE_MS, SILENT } from '../endings.js';
import type { LaneReader, LaneWriter, MemoryLane } from './MemoryLane.js';
import { CarrierError, reasonOf } from '../reasons.js';

/** The common settings of the streams of one network. */
export interface MemorySurroundings {
  readonly clock: Clock;
  readonly schedule: (task: () => void) => void;
  /** The most bytes that the next read returns. */
  readonly readBytes: () => number;
}

/** One side of a connection in memory. Each read, and each other call of its listener, is a task of its own. */
export class MemoryStream implements Stream, LaneWriter, LaneReader {
  readonly peerAddress: string;
  readonly #surroundings: MemorySurroundings;
  readonly #inPlace: boolean;
  /** Nothing was read yet. */
  #fresh = true;
  #in!: MemoryLane;
  #out!: MemoryLane;
  readonly #gone: () => void;
  /** The listener for `closed`. */
  #owner: StreamListener | undefined;
  /** The listener for everything else; `undefined` after `end` and `destroy`. */
  #listener: StreamListener | undefined;
  #detached = false;
  #paused = false;
  /** A read is scheduled. */
  #reading = false;
  /** Whether our side is closed, and whether the peer's side is. */
  #finished = false;
  #shut = false;
  #ended = false;
  #over = false;
  /** Writing has failed; the stream still reads. */
  #broken = false;
  #reason = CLOSED_HERE;
  #error: Error | undefined;
  #heardAt = 0;
  #cancelSilence: (() => void) | undefined;

  /**
   * @param inPlace whether it reads into the memory of its listener, except for the first read, as connecting sockets do
   * @param gone called once it is closed
   */
  constructor(surroundings: MemorySurroundings, peerAddress: string, inPlace: boolean, gone: () => void) {
    this.#surroundings = surroundings;
    this.peerAddress = peerAddress;
    this.#inPlace = inPlace;
    this.#gone = gone;
  }

  /** Sets its lanes. */
  join(incoming: MemoryLane, outgoing: MemoryLane): void {
    this.#in = incoming;
    this.#out = outgoing;
  }

  /** Sets the listener; nothing is read before that. */
  hear(owner: StreamListener): void {
    this.#owner = owner;
    if (!this.#detached) this.#listener = owner;
    if (this.#over) this.#surroundings.schedule(this.#tellClosed);
    this.arrived();
  }

  get unsent(): number {
    return this.#out.waiting;
  }

  write(segments: readonly Uint8Array[]): boolean {
    if (this.#over || this.#detached || this.#broken || this.#shut) return false;
    if (this.#in.end !== 'reset') return this.#out.write(segments);
    this.#broken = true;
    this.#error ??= new CarrierError('EPIPE');
    this.#surroundings.schedule(this.#tellWriteFailed);
    return false;
  }

  pause(): void {
    if (!this.#detached) this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.arrived();
  }

  shut(): void {
    if (this.#detached || this.#shut) return;
    this.#shut = true;
    if (this.#out.settled) this.#out.close('fin');
  }

  end(): void {
    if (this.#detached) return;
    this.#becomeDeaf();
    this.resume(); // otherwise it would never notice that the peer has closed
    if (this.#out.settled || this.#broken) this.#finish();
  }

  destroy(): void {
    if (this.#over) return;
    this.#out.close(this.#in.readable > 0 ? 'reset' : 'fin'); // the kernel resets the connection if bytes from the peer were not read
    this.#close();
  }

  /** The connection breaks; both sides report it. */
  cut(): void {
    this.#break(new CarrierError('ECONNRESET'));
  }

  drained(): void {
    if (this.#detached) this.#finish();
    else if (this.#shut) this.#out.close('fin');
    else this.#surroundings.schedule(this.#tellDrained);
  }

  bothered(): void {
    this.#out.close('reset');
  }

  arrived(): void {
    if (this.#reading || this.#over || !this.#owner || (!this.#hasNews && !this.#failsToWrite)) return;
    this.#reading = true;
    this.#surroundings.schedule(this.#read);
  }

  get #hasNews(): boolean {
    const { readable, end } = this.#in;
    return !this.#paused && (readable > 0 || end === 'reset' || (end === 'fin' && !this.#ended));
  }

  /** Whether bytes that wait to be written fail with a reset. */
  get #failsToWrite(): boolean {
    return this.#in.end === 'reset' && !this.#out.settled && !this.#broken;
  }

  readonly #read = (): void => {
    this.#reading = false;
    if (this.#over) return;
    if (this.#failsToWrite) {
      this.#broken = true;
      this.#error ??= new CarrierError('ECONNRESET');
      this.#tellWriteFailed();
    } else if (this.#hasNews) this.#readNext();
    this.arrived();
  };

  #readNext(): void {
    if (this.#in.readable > 0) this.#readBytes();
    else if (this.#in.end === 'reset') this.#break(new CarrierError('ECONNRESET'));
    else this.#readEnd();
  }

  #readBytes(): void {
    this.#heardAt = this.#surroundings.clock.now();
    const listener = this.#listener;
    const most = Math.min(this.#in.readable, Math.max(1, this.#surroundings.readBytes()));
    if (listener === undefined) {
      this.#in.read(new Uint8Array(this.#in.readable));
    } else if (this.#inPlace && !this.#fresh) {
      const target = listener.target();
      listener.filled(this.#in.read(most < target.length ? target.subarray(0, most) : target));
    } else {
      const chunk = new Uint8Array(most);
      this.#fresh = false;
      this.#in.read(chunk);
      listener.data(chunk);
    }
  }

  #readEnd(): void {
    this.#ended = true;
    if (!this.#detached) this.#reason = CLOSED_THERE;
    if (this.#finished) this.#close();
    else this.#listener?.ended();
  }

  /** Closes our side: everything that was written is sent. */
  #finish(): void {
    if (this.#over) return;
    this.#finished = true;
    this.#out.close('fin');
    if (this.#ended) return this.#close();
    this.#heardAt = this.#surroundings.clock.now();
    this.#watchSilence(SILENCE_MS);
  }

  #watchSilence(ms: number): void {
    const { clock } = this.#surroundings;
    // eslint-disable-next-line no-restricted-syntax -- a network in memory: nothing waits unread in a kernel
    this.#cancelSilence = clock.after(ms, () => {
      const left = this.#heardAt + SILENCE_MS - clock.now();
      if (left > 0) return this.#watchSilence(left);
      this.#reason = SILENT;
      this.destroy();
    });
  }

  #break(error: Error): void {
    this.#error ??= error;
    this.#close();
  }

  #close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#becomeDeaf();
    this.#cancelSilence?.();
    this.#in.abandon();
    if (this.#owner) this.#surroundings.schedule(this.#tellClosed);
    this.#gone();
  }

  #becomeDeaf(): void {
    this.#detached = true;
    this.#listener = undefined;
  }

  readonly #tellWriteFailed = (): void => this.#listener?.writeFailed?.();

  readonly #tellDrained = (): void => this.#listener?.drained();

  readonly #tellClosed = (): void => {
    if (this.#error) this.#owner?.closed(reasonOf(this.#error), this.#error);
    else this.#owner?.closed(this.#reason);
  };
}
