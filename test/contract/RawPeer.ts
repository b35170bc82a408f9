import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { latin1, toBytes } from './bytes.js';
import { FAILURE_MS } from './failure.js';

/** One frame as it came. */
export interface RawFrame {
  readonly flags: number;
  /** Its body, one character for each byte. */
  readonly body: string;
}

/** What such a peer says of itself. */
export interface RawGreeting {
  /** Its minor version. @default 1 */
  readonly minor?: number;
  readonly identity?: string;
  /** Greeting and READY go out at once, before anything is read: together, or byte by byte. */
  readonly hasty?: 'together' | 'bytes';
}

/** A ZMTP peer by hand: it does the handshake with NULL and then sends what it is told, and nothing else. */
export class RawPeer {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #length = 0;
  #ended = false;
  readonly #waiting = new Set<() => void>();

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
      this.#wake();
    });
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => this.#end());
    socket.on('end', () => this.#end());
    onTestFinished(() => void socket.destroy());
  }

  /** Connects and does the handshake as this socket type. */
  static async connect(endpoint: string, type: string, greeting: RawGreeting = {}): Promise<RawPeer> {
    const peer = await RawPeer.dial(endpoint);
    await peer.greet(type, greeting);
    return peer;
  }

  /** Connects and says nothing. */
  static async dial(endpoint: string): Promise<RawPeer> {
    const { hostname, port } = new URL(endpoint.replace('tcp:', 'http:'));
    const socket = connect(Number(port), hostname);
    const peer = new RawPeer(socket);
    await once(socket, 'connect');
    return peer;
  }

  /** Whether the other side has ended the connection. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Bytes that came and were not looked at yet. */
  get buffered(): number {
    return this.#length;
  }

  async greet(type: string, { minor = 1, identity, hasty }: RawGreeting = {}): Promise<void> {
    const greeting = greetingOf(minor);
    const ready = frameOf(0x04, readyOf(type, identity));
    if (hasty === 'together') this.write(Buffer.concat([greeting, ready]));
    else if (hasty === 'bytes') for (const byte of Buffer.concat([greeting, ready])) this.write(Buffer.of(byte));
    else this.write(greeting);
    await this.bytes(64);
    if (hasty === undefined) this.write(ready);
    await this.nextFrame();
  }

  write(bytes: Uint8Array | string): void {
    this.#socket.write(toBytes(bytes));
  }

  /** Flags: 1 more parts follow, 4 a command. */
  frame(flags: number, body: string | Uint8Array): void {
    this.write(frameOf(flags, toBytes(body)));
  }

  /** One write for all its parts. */
  message(...parts: readonly (string | Uint8Array)[]): void {
    this.write(Buffer.concat(parts.map((part, i) => frameOf(i < parts.length - 1 ? 1 : 0, toBytes(part)))));
  }

  command(name: string, data = ''): void {
    this.frame(0x04, String.fromCharCode(name.length) + name + data);
  }

  /** The next frame that comes. */
  async nextFrame(): Promise<RawFrame> {
    let header = await this.#peek(2);
    const long = (header[0]! & 2) !== 0;
    if (long) header = await this.#peek(9);
    const length = long ? Number(header.readBigUInt64BE(1)) : header[1]!;
    const whole = await this.bytes((long ? 9 : 2) + length);
    return { flags: header[0]! & ~2, body: latin1(whole.subarray(long ? 9 : 2)) };
  }

  /** The next frame that is no command but a part. */
  async nextPart(): Promise<string> {
    for (;;) {
      const { flags, body } = await this.nextFrame();
      if ((flags & 4) === 0) return body;
    }
  }

  async bytes(count: number): Promise<Buffer> {
    const bytes = await this.#peek(count);
    this.#chunks = [this.#chunks[0]!.subarray(count), ...this.#chunks.slice(1)];
    this.#length -= count;
    return bytes;
  }

  /** Stops reading, so that what comes fills the kernel's buffers. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Drops the connection so that the other side hears of a reset. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Half-closes once all is sent. */
  end(): void {
    this.#socket.end();
  }

  /** Comes back when the other side has ended the connection. */
  gone(): Promise<void> {
    return this.#until(() => this.#ended, 'the end of the connection');
  }

  async #peek(count: number): Promise<Buffer> {
    await this.#until(() => this.#length >= count || this.#ended, `${count} bytes`);
    if (this.#length < count) throw new Error(`the connection ended before ${count} bytes came`);
    if (this.#chunks[0]!.length < count) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]!.subarray(0, count);
  }

  #until(isSo: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!isSo()) return;
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => reject(new Error(`raw peer: waited in vain for ${what}`)), FAILURE_MS);
      this.#waiting.add(check);
      check();
    });
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }

  #wake(): void {
    for (const check of [...this.#waiting]) check();
  }
}

/** Listens for connections and makes peers by hand of them. */
export class RawListener {
  readonly endpoint: string;
  readonly #server: Server;
  readonly #peers: RawPeer[] = [];
  readonly #waiting: ((peer: RawPeer) => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.endpoint = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) => {
      const peer = new RawPeer(socket);
      const waiting = this.#waiting.shift();
      if (waiting) waiting(peer);
      else this.#peers.push(peer);
    });
    onTestFinished(() => void server.close());
  }

  /** On a free port, or on one that was free before. */
  static async open(endpoint = 'tcp://127.0.0.1:0'): Promise<RawListener> {
    const server = createServer();
    server.listen(Number(endpoint.slice(endpoint.lastIndexOf(':') + 1)), '127.0.0.1');
    await once(server, 'listening');
    return new RawListener(server);
  }

  /** How many have connected that nobody has accepted yet. */
  get waiting(): number {
    return this.#peers.length;
  }

  /** The next connection, which has said nothing yet. */
  accept(): Promise<RawPeer> {
    const peer = this.#peers.shift();
    if (peer) return Promise.resolve(peer);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('raw listener: nobody connected')), FAILURE_MS);
      this.#waiting.push((came) => {
        clearTimeout(timer);
        resolve(came);
      });
    });
  }

  /** Listens no more. Connections stay. */
  async close(): Promise<void> {
    this.#server.close();
    if (this.#server.listening) await once(this.#server, 'close');
  }
}

function greetingOf(minor: number): Buffer {
  const greeting = Buffer.alloc(64);
  greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, minor]);
  greeting.write('NULL', 12, 'latin1');
  return greeting;
}

function readyOf(type: string, identity: string | undefined): Buffer {
  const identified = identity === undefined ? [] : [property('Identity', identity)];
  return Buffer.concat([Buffer.from('\x05READY', 'latin1'), property('Socket-Type', type), ...identified]);
}

function property(name: string, value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([Buffer.of(name.length), Buffer.from(name), length, Buffer.from(value, 'latin1')]);
}

function frameOf(flags: number, body: Uint8Array): Buffer {
  if (body.length < 256) return Buffer.concat([Buffer.of(flags, body.length), body]);
  const header = Buffer.alloc(9);
  header[0] = flags | 2;
  header.writeBigUInt64BE(BigInt(body.length), 1);
  return Buffer.concat([header, body]);
}
