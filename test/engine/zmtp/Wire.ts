import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { COMMAND, MORE } from '../../../src/engine/zmtp/flags.js';
import { frameOf } from '../../../src/engine/zmtp/frameOf.js';
import type { HandshakeSettings } from '../../../src/engine/zmtp/HandshakeSettings.js';
import { Side } from './Side.js';

/** A side whose peer is at the other end of a connection. */
export class Wire extends Side {
  readonly #socket: Socket;
  /** What came after the handshake. */
  #rest: Uint8Array = new Uint8Array(0);
  #wake: () => void = () => undefined;

  constructor(socket: Socket, settings: Partial<HandshakeSettings>) {
    super(settings);
    this.#socket = socket;
    for (const bytes of this.sent) socket.write(bytes);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => undefined); // a peer that refuses resets
    onTestFinished(() => void socket.destroy());
  }

  override send(bytes: Uint8Array): void {
    super.send(bytes);
    // the first bytes are said while this is being made, before there is a socket
    if (this.sent.length > 1) this.#socket.write(bytes);
  }

  override failed(reason: string, failure: { readonly refused: boolean }): void {
    super.failed(reason, failure);
    this.#socket.end(); // after what was sent
  }

  /** Sends a frame, in a box where there is a cipher. */
  write(body: Uint8Array, flags = 0): void {
    const cipher = this.outcome?.kind === 'done' ? this.outcome.cipher : undefined;
    this.#socket.write(cipher === undefined ? frameOf(flags, body) : frameOf(0, cipher.seal(flags, body)));
  }

  /** The next frame, out of its box where there is a cipher. */
  async read(): Promise<{ more: boolean; command: boolean; text: string }> {
    await this.ended();
    for (;;) {
      const frame = this.#frame();
      if (frame !== undefined) return frame;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Resolves when the peer has closed the connection. */
  async closed(): Promise<void> {
    if (!this.#socket.readableEnded && !this.#socket.destroyed) await once(this.#socket, 'close');
  }

  #take(chunk: Uint8Array): void {
    const count = this.outcome === undefined ? this.handshake.feed(chunk) : 0;
    if (this.outcome?.kind === 'done') {
      this.#rest = new Uint8Array(Buffer.concat([this.#rest, chunk.subarray(count)]));
      this.#wake();
    }
  }

  /** Short ones only: no test has others. */
  #frame(): { more: boolean; command: boolean; text: string } | undefined {
    const length = this.#rest[1];
    if (length === undefined || this.#rest.length < 2 + length) return undefined;
    const outer = { flags: this.#rest[0]!, body: this.#rest.slice(2, 2 + length) };
    this.#rest = this.#rest.subarray(2 + length);
    const cipher = this.outcome?.kind === 'done' ? this.outcome.cipher : undefined;
    const { flags, body } = cipher === undefined ? outer : cipher.open(outer.body);
    return { more: (flags & MORE) !== 0, command: (flags & COMMAND) !== 0, text: Buffer.from(body).toString() };
  }
}

/** Connects a side to an endpoint. */
export async function connectWire(endpoint: string, settings: Partial<HandshakeSettings>): Promise<Wire> {
  const { hostname, port } = new URL(endpoint);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return new Wire(socket, settings);
}

/** Listens, and makes a side of the first peer that connects; more of them are not answered. */
export async function bindWire(
  settings: Partial<HandshakeSettings>,
): Promise<{ readonly endpoint: string; readonly accepted: Promise<Wire> }> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const accepted = once(server, 'connection').then(([socket]: Socket[]) => new Wire(socket!, settings));
  return { endpoint: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted };
}
