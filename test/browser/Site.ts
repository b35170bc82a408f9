import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { bundleForBrowser } from '../helpers/browserSources.js';

/** What the page offers to the tests as globals. */
const PAGE = `
import * as rxjs from 'rxjs';
import * as rxzmq from 'rxzmq';
import * as workers from 'rxzmq/workers';
Object.assign(globalThis, { rxjs, rxzmq, workers, heard: [] });
`;

/** A worker that runs the programs that it is sent, and sends their results back. */
const WORKER = `
import * as rxjs from 'rxjs';
import * as rxzmq from 'rxzmq';
const Program = (async () => {}).constructor;
onmessage = ({ data }) => new Program('rxjs', 'rxzmq', data)(rxjs, rxzmq).then(postMessage, (error) => postMessage(String(error)));
`;

/** A stage that does what it is told. */
const STAGE = `export { default } from './test/workers/stages/act.ts';`;

/** A stage that ends its worker in some way. */
const CRASHING = `
import { stage } from 'rxzmq/stage';
export default stage((how) => {
  if (how === 'throw') setTimeout(() => { throw new RangeError('too late'); });
  if (how === 'reject') void Promise.reject(new RangeError('too late'));
  if (how === 'close') close();
  return how === 'live' ? how : new Promise(() => undefined);
});
`;

const PROGRAMS = new Map([
  ['/page.js', PAGE],
  ['/worker.js', WORKER],
  ['/stage.js', STAGE],
  ['/crashing.js', CRASHING],
  ['/empty.js', 'export const nothing = 1;'],
]);

/** The same page, and the scope with its worker. */
const SCOPE_PROGRAMS = new Map([
  ...PROGRAMS,
  ['/page.js', `${PAGE}\nimport * as scope from 'rxzmq/scope';\nObject.assign(globalThis, { scope });\n`],
  ['/scopeWorker.js', "import 'rxzmq/scopeWorker.js';"],
]);

const HTML =
  '<!doctype html><meta name="viewport" content="width=device-width"><title>page</title>' +
  '<style>body { margin: 0 }</style><script type="module" src="/page.js"></script>';

/** The bundled scripts, by what they were made from. */
const bundled = new Map<string, Promise<Uint8Array>>();

/** A server of one page that has the library, on a port of its own. */
export class Site {
  readonly server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /**
   * @param scope whether the page has the scope, too, and its worker
   * @param imports what the page's program imports besides
   */
  static async open(port = 0, { host = '127.0.0.1', scope = false, imports = '' } = {}): Promise<Site> {
    const programs = new Map(scope ? SCOPE_PROGRAMS : PROGRAMS);
    programs.set('/page.js', `${imports}\n${programs.get('/page.js')}`);
    const server = createServer((request, response) => {
      const program = programs.get(request.url ?? '');
      response.setHeader('content-type', program === undefined ? 'text/html' : 'text/javascript');
      if (program === undefined) response.end(HTML);
      else void bundle(program).then((script) => response.end(script));
    });
    await new Promise<void>((listening) => server.listen(port, host, listening));
    return new Site(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://${(this.server.address() as AddressInfo).address}:${this.port}/`;
  }

  /** Bytes that were written to all connections that are open. */
  get bytesWritten(): number {
    let bytes = 0;
    for (const socket of this.#sockets) bytes += socket.bytesWritten;
    return bytes;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

function bundle(program: string): Promise<Uint8Array> {
  let script = bundled.get(program);
  if (script === undefined) bundled.set(program, (script = bundleForBrowser(program)));
  return script;
}
