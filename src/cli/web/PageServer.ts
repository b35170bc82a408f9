import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Gateway, serve } from '../../gateway/index.js';
import { builtFile, type PageFile, pageFiles } from './builtFiles.js';
import { importMap, pageHtml, pageScript } from './pageHtml.js';

const HOST = '127.0.0.1';
const TOKEN_BYTES = 24;
const MAP_HASH = createHash('sha256').update(importMap).digest('base64');
const POLICY = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${MAP_HASH}'`, // the only script that stands in the page
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A server of one page, on this machine only, whose gateway takes a random token. */
export class PageServer {
  readonly #server: Server;
  readonly #token = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly #gateway: Gateway;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => this.#answer(request, response));
    this.#gateway = serve(server, { authenticate: ({ token }) => isSame(token, this.#token) });
  }

  /** Opens it at a port. @throws Failure if the package is not built; rejects if the port is taken */
  static async open(port = 0): Promise<PageServer> {
    for (const name of pageFiles) builtFile(name);
    const page = new PageServer(createServer());
    await new Promise<void>((resolve, reject) => {
      page.#server.once('error', reject);
      page.#server.listen(port, HOST, resolve);
    });
    return page;
  }

  /** The endpoint to publish frames at. */
  readonly at = (path: string): string => this.#gateway.at(path);

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The link to the page, with the token in its fragment, which browsers keep for themselves. */
  get link(): string {
    return `http://${HOST}:${this.port}/#token=${this.#token}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await this.#gateway.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const [path = ''] = (request.url ?? '').split('?', 1);
    // Another name that leads here would make this page one of that name's: a way around the rule of the same origin.
    if (![`${HOST}:${this.port}`, `localhost:${this.port}`].includes(request.headers.host ?? ''))
      return end(response, 421);
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cache-control', 'no-store');
    const file = pageFiles.find((name) => path === `/rxzmq/${name}`);
    if (path === '/') return text(response, 'text/html; charset=utf-8', pageHtml);
    if (path === '/page.js') return text(response, 'text/javascript; charset=utf-8', pageScript);
    if (file === undefined) return end(response, 404);
    sendFile(response, file);
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

function text(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': type }).end(body);
}

function sendFile(response: ServerResponse, file: PageFile): void {
  response.setHeader('content-type', 'text/javascript; charset=utf-8');
  createReadStream(builtFile(file))
    .on('error', () => response.destroy())
    .pipe(response);
}

/** Compares without telling by the time how much of it is right. */
function isSame(given: string | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
