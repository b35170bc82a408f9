import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The sources, on the platform of a browser. */
const sources: Plugin = {
  name: 'sources',
  setup({ onResolve }) {
    onResolve({ filter: /^rxzmq$/ }, () => ({ path: `${root}src/index.ts`, sideEffects: false }));
    onResolve({ filter: /^#platform$/ }, () => ({ path: `${root}src/platform/browser.ts`, sideEffects: false }));
  },
};

/** The page's program: what it offers to the tests as globals. */
const PROGRAM = `
import * as rxjs from 'rxjs';
import * as rxzmq from 'rxzmq';
Object.assign(globalThis, { rxjs, rxzmq, heard: [] });
`;

/** A server of one page that has the library, on a port of its own. */
export class Site {
  readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  static async open(port = 0): Promise<Site> {
    const { outputFiles } = await build({
      stdin: { contents: PROGRAM, resolveDir: root },
      absWorkingDir: root,
      plugins: [sources],
      tsconfigRaw: {},
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
    });
    const script = Buffer.from(outputFiles[0]!.contents);
    const server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(
        isScript ? script : '<!doctype html><title>page</title><script type="module" src="/page.js"></script>',
      );
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
