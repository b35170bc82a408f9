import { MemoryLane } from './MemoryLane.js';
import { type MemorySurroundings, MemoryStream } from './MemoryStream.js';

/** A direction of a connection: `'forth'`, from the side that connected, or `'back'`, to it. */
export type MemoryDirection = 'forth' | 'back';

/** The environment of both sides of a connection in memory. */
export interface MemoryNet extends MemorySurroundings {
  readonly bufferBytes: number;
  /** Calls back once something that is sent now has arrived. */
  readonly travel: (arrive: () => void) => void;
}

/** A connection in memory: two streams, and the faults that can happen between them. */
export class MemoryConnection {
  /** The endpoint to which it was made. */
  readonly endpoint: string;
  /** The side that connected, and the side that listened. */
  readonly near: MemoryStream;
  readonly far: MemoryStream;
  readonly #lanes: Readonly<Record<MemoryDirection, MemoryLane>>;
  #open = 2;

  /**
   * @param nearAddress the address of the near side, as the far side sees it
   * @param gone called once both sides are closed
   */
  constructor(
    net: MemoryNet,
    endpoint: string,
    nearAddress: string,
    farAddress: string,
    gone: (connection: MemoryConnection) => void,
  ) {
    this.endpoint = endpoint;
    const closed = (): void => {
      this.#open -= 1;
      if (this.#open === 0) gone(this);
    };
    this.near = new MemoryStream(net, farAddress, true, closed);
    this.far = new MemoryStream(net, nearAddress, false, closed);
    const forth = new MemoryLane(net.bufferBytes, net.travel, this.near, this.far);
    const back = new MemoryLane(net.bufferBytes, net.travel, this.far, this.near);
    this.near.join(back, forth);
    this.far.join(forth, back);
    this.#lanes = { forth, back };
  }

  /** Breaks the connection: both sides report that the peer has reset it. */
  cut(): void {
    this.near.cut();
    this.far.cut();
  }

  /** From now on nothing arrives in a direction, or in both, as if the wire were unplugged; both sides may still write. */
  stall(direction?: MemoryDirection): void {
    if (direction !== 'back') this.#lanes.forth.stall();
    if (direction !== 'forth') this.#lanes.back.stall();
  }

  /** Ends {@link stall}: everything that it has held back arrives. */
  release(direction?: MemoryDirection): void {
    if (direction !== 'back') this.#lanes.forth.release();
    if (direction !== 'forth') this.#lanes.back.release();
  }
}
