import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { Observable, Subject } from 'rxjs';
import { fromPull, lines, spectrum, tee, toPub, type SocketStatus } from 'rxzmq';
import { serve } from 'rxzmq/gateway';
import { bundle } from '../../page/bundle.ts';

const here = (name: string) => new URL(name, import.meta.url);
const worker = new URL('../../../src/scope/worker/scopeWorker.ts', import.meta.url);

/** What a browser loads. */
async function files() {
  const script = (body: string | Uint8Array) => ({ type: 'text/javascript; charset=utf-8', body });
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: await readFile(here('index.html'), 'utf8') }],
    ['/page.js', script(await bundle(here('page.js')))],
    ['/scopeWorker.js', script(await bundle(worker))],
  ]);
}

/** What the server tells: where to open it, and how the connection to the signal is. */
export type WebEvent =
  { readonly kind: 'open'; readonly url: string } | { readonly kind: 'link'; readonly status: SocketStatus };

/**
 * Serves a signal to pages, and the page, from one origin: `/iq` has its frames, `/lines` its spectrum. Emits where, and what
 * happens on the way to the signal; unsubscribing ends it.
 */
export function serveWeb(endpoint: string, port: number): Observable<WebEvent> {
  return new Observable((out) => {
    const server = createServer();
    const web = serve(server);
    const status = new Subject<SocketStatus>();
    status.subscribe((event) => out.next({ kind: 'link', status: event }));
    const signal = fromPull(endpoint, { status, onInvalid: () => undefined })
      .pipe(
        tee(toPub(web.at('/iq'), { sequence: 'preserve' }), (frames) =>
          frames.pipe(spectrum(), toPub(web.at('/lines'), { codec: lines })),
        ),
      )
      .subscribe({ error: (error: unknown) => out.error(error) });

    const fail = (error: unknown): void => out.error(error);
    server.once('error', fail);
    files().then((found) => {
      if (out.closed) return;
      server.on('request', (request, response) => answer(found, request, response));
      server.listen(port, 'localhost', () => {
        out.next({ kind: 'open', url: `http://localhost:${(server.address() as AddressInfo).port}/` });
      });
    }, fail);

    return () => {
      signal.unsubscribe();
      void web.close();
      server.close();
      server.closeAllConnections();
    };
  });
}

function answer(
  found: Awaited<ReturnType<typeof files>>,
  { url = '/' }: IncomingMessage,
  response: ServerResponse,
): void {
  const file = found.get(url.replace(/\?.*$/, ''));
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  const csp = "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'";
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Security-Policy': csp }).end(file.body);
}
