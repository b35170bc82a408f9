import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Random } from './Random.js';

/** How a proxy treats what goes through it. */
export interface Troubles {
  /** A connection is cut after some bytes, up to twice this many in both directions together; 0: never. */
  readonly cutAfterBytes: number;
  /** How many times at the most. */
  readonly cuts: number;
  /** Bytes come out in pieces up to this long. */
  readonly pieceBytes: number;
  /** One piece in so many is held back for a while, and all behind it. */
  readonly stallOneIn: number;
  readonly stallMs: number;
}

const CALM: Troubles = { cutAfterBytes: 0, cuts: 0, pieceBytes: 1000, stallOneIn: 20, stallMs: 3 };

/**
 * A TCP proxy on a bad line: it splits, delays, stalls and cuts what goes through it, at bytes that chance picks. Nothing that
 * came out was changed, doubled or reordered by it.
 */
export class CuttingProxy {
  readonly endpoint: string;
  /** How many connections were cut. */
  cuts = 0;
  readonly #target: number;
  readonly #troubles: Troubles;
  readonly #random: Random;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #onCut: () => void;
  #open = true;

  private constructor(server: Server, target: number, troubles: Troubles, random: Random, onCut: () => void) {
    this.#server = server;
    this.#target = target;
    this.#troubles = troubles;
    this.#random = random;
    this.#onCut = onCut;
    this.endpoint = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) => this.#join(socket));
  }

  /** Stands before that endpoint. `onCut` is called before anybody can notice a cut. */
  static async open(
    target: string,
    troubles: Partial<Troubles>,
    random: Random,
    onCut: () => void = () => undefined,
  ): Promise<CuttingProxy> {
    const server = createServer({ allowHalfOpen: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = Number(target.slice(target.lastIndexOf(':') + 1));
    return new CuttingProxy(server, port, { ...CALM, ...troubles }, random, onCut);
  }

  close(): void {
    this.#open = false;
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(near: Socket): void {
    const far = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true });
    const both = [near, far] as const;
    const { cutAfterBytes, cuts } = this.#troubles;
    let left = cutAfterBytes > 0 && this.cuts < cuts ? 1 + this.#random.below(2 * cutAfterBytes) : Infinity;
    const end = (): void => {
      for (const socket of both) {
        this.#sockets.delete(socket);
        socket.destroy();
      }
    };
    const passes = (count: number): boolean => {
      left -= count;
      if (left > 0 || near.destroyed || far.destroyed) return true;
      if (this.cuts >= this.#troubles.cuts) {
        left = Infinity;
        return true;
      }
      this.cuts += 1;
      this.#onCut();
      if (this.#random.oneIn(2)) for (const socket of both) socket.resetAndDestroy();
      end();
      return false;
    };
    for (const socket of both) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined); // 'close' follows
      socket.on('close', end);
    }
    void this.#pump(near, far, passes);
    void this.#pump(far, near, passes);
  }

  async #pump(from: Socket, to: Socket, passes: (count: number) => boolean): Promise<void> {
    const random = this.#random;
    const { pieceBytes, stallOneIn, stallMs } = this.#troubles;
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        for (let at = 0; at < chunk.length && this.#open;) {
          const piece = chunk.subarray(at, (at += 1 + random.below(pieceBytes)));
          if (random.oneIn(stallOneIn)) await new Promise((resolve) => setTimeout(resolve, random.below(stallMs + 1)));
          if (!passes(piece.length)) return;
          if (!to.write(piece)) await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
        }
      }
      to.end();
    } catch {
      to.destroy(); // the other side was reset
    }
  }
}
