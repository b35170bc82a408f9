import { EventEmitter, once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A command as it came: its byte and its number. */
export type Command = readonly [code: number, value: number];

/** What speaks the bytes of rtl_tcp: it greets, takes commands, and sends what it is told to. */
export class RtlTcpServer extends EventEmitter {
  readonly commands: Command[] = [];
  readonly sockets: Socket[] = [];
  readonly #server: Server;
  readonly #greeting: Uint8Array;

  private constructor(greeting: Uint8Array) {
    super();
    this.#greeting = greeting;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** A server on a free port, until the test ends. */
  static async start(greeting: Uint8Array = greetingOf(5, 29)): Promise<RtlTcpServer> {
    const server = new RtlTcpServer(greeting);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    onTestFinished(() => {
      server.#server.close();
      for (const socket of server.sockets) socket.destroy();
    });
    return server;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Waits for so many commands in all. */
  async heard(count: number): Promise<readonly Command[]> {
    while (this.commands.length < count) await once(this, 'command');
    return this.commands;
  }

  send(bytes: Uint8Array): boolean {
    return this.sockets.at(-1)?.write(bytes) ?? false;
  }

  #accept(socket: Socket): void {
    this.sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write(this.#greeting);
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (; rest.length >= 5; rest = rest.subarray(5)) {
        this.commands.push([rest[0] as number, rest.readUInt32BE(1)]);
        this.emit('command');
      }
    });
    this.emit('connection', socket);
  }
}

export function greetingOf(tuner: number, gainCount: number): Uint8Array {
  return Uint8Array.from([...Buffer.from('RTL0'), 0, 0, 0, tuner, 0, 0, 0, gainCount]);
}
