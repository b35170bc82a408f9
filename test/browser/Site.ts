import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The sources, on the platform of a browser. */
const sources: Plugin = {
  name: 'sources',
  setup({ onResolve }) {
    onResolve({ filter: /^rxzmq$/ }, () => ({ path: `${root}src/index.ts`, sideEffects: false }));
    onResolve({ filter: /^rxzmq\/scope$/ }, () => ({ path: `${root}src/scope/index.ts` }));
    onResolve({ filter: /^#platform$/ }, () => ({ path: `${root}src/platform/browser.ts`, sideEffects: false }));
  },
};

/** The page's program: what it offers to the tests as globals. */
const PROGRAM = `
import * as rxjs from 'rxjs';
import * as rxzmq from 'rxzmq';
Object.assign(globalThis, { rxjs, rxzmq, heard: [] });
`;

/** The same, and the scope. */
const SCOPE_PROGRAM = `
import * as scope from 'rxzmq/scope';
${PROGRAM.replace('rxzmq, heard', 'rxzmq, scope, heard')}
`;

async function bundle(input: Pick<BuildOptions, 'stdin' | 'entryPoints'>): Promise<Buffer> {
  const { outputFiles } = await build({
    ...input,
    absWorkingDir: root,
    plugins: [sources],
    tsconfigRaw: {},
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  return Buffer.from(outputFiles[0]!.contents);
}

const HEAD = '<!doctype html><meta name="viewport" content="width=device-width"><title>page</title>';

/** A server of one page that has the library, on a port of its own. */
export class Site {
  readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  /** @param scope whether the page has the scope, too, and its worker */
  static async open(port = 0, { scope = false } = {}): Promise<Site> {
    const files = new Map([
      ['/page.js', await bundle({ stdin: { contents: scope ? SCOPE_PROGRAM : PROGRAM, resolveDir: root } })],
    ]);
    if (scope) files.set('/scopeWorker.js', await bundle({ entryPoints: ['src/scope/worker/scopeWorker.ts'] }));
    const html = `${HEAD}<style>body { margin: 0 }</style><script type="module" src="/page.js"></script>`;
    const server = createServer((request, response) => {
      const script = files.get(request.url ?? '');
      response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
      response.end(script ?? html);
    });
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
    return new Site(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
