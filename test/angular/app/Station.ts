import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { interval, map, type Subscription } from 'rxjs';
import { frame, json, reply, toPub } from 'rxzmq';
import { type Gateway, serve } from 'rxzmq/gateway';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** The server of a built application in a test: its files, its sign-in, a gateway and a radio. */
export class Station {
  readonly server: Server;
  readonly #files: string;
  #web: Gateway | undefined;
  #running: Subscription[] = [];
  /** Tokens that the gateway accepts. */
  readonly tokens = new Set<string>();
  /** The requests of pages. */
  readonly tuned: number[] = [];
  /** Frames that were published. */
  published = 0;

  private constructor(files: string) {
    this.#files = files;
    this.server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(folder: string): Promise<Station> {
    const station = new Station(join(folder, 'dist/radio/browser'));
    await new Promise<void>((listening) => station.server.listen(0, '127.0.0.1', listening));
    station.start();
    return station;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** How many sockets of pages there are. */
  get clients(): number {
    return this.#web?.clients ?? 0;
  }

  /** Starts the gateway. */
  start(): void {
    const web = serve(this.server, { lingerMs: 0, authenticate: ({ token }) => this.tokens.has(token ?? '') });
    this.#web = web;
    const frames = interval(10).pipe(
      map((n) => {
        this.published = n;
        return frame(new Float32Array(64).fill(0.5), {
          sampleRate: 48_000,
          centerFreq: (this.tuned.at(-1) ?? 98) * 1e6,
        });
      }),
    );
    const tune = (mhz: number): number => {
      this.tuned.push(mhz);
      return mhz;
    };
    this.#running = [
      frames.pipe(toPub(web.at('/iq/vhf'))).subscribe(),
      frames.pipe(toPub(web.at('/iq/uhf'))).subscribe(),
      reply(web.at('/tune'), tune, { codec: json<number>() }).subscribe(),
    ];
  }

  /** Stops the gateway; pages can still be loaded. */
  async stop(): Promise<void> {
    for (const one of this.#running) one.unsubscribe();
    await this.#web?.close();
    this.#web = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/login') {
      const token = `token${this.tokens.size}`;
      this.tokens.add(token);
      response.end(token);
      return;
    }
    const path = normalize(new URL(request.url ?? '/', this.url).pathname);
    const name = extname(path) === '' ? 'index.html' : path;
    const body = await readFile(join(this.#files, name)).catch(() => undefined);
    response
      .writeHead(body ? 200 : 404, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' })
      .end(body);
  }
}
