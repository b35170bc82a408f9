// Serves a page with a live signal, and the signal itself, from one origin: `npm run page`, then open what it says.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { interval, map } from 'rxjs';
import { frame, json, reply, toPub } from 'rxzmq';
import { serve } from 'rxzmq/gateway';
import { bundle } from './bundle.ts';
import { tone } from './tone.ts';

const here = (name: string) => new URL(name, import.meta.url);

const files = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: await readFile(here('index.html')) }],
  ['/page.js', { type: 'text/javascript; charset=utf-8', body: await bundle(here('page.js')) }],
]);

const server = createServer((request, response) => answer(request, response));
const web = serve(server, {
  status: ({ kind, path, address }) => console.log(`${kind} ${path} ${address}`),
});

// The signal, thirty times a second, and the frequency that pages choose.
let hz = 3;
interval(33)
  .pipe(
    map((n) => frame(tone(hz, n), { sampleRate: 48_000 })),
    toPub(web.at('/iq'), { waitForSubscribers: 0 }),
  )
  .subscribe();
reply(web.at('/tune'), (wanted: number) => (hz = Math.min(20, Math.max(1, wanted))), {
  codec: json<number>(),
}).subscribe();

server.listen(Number(process.env['PORT'] ?? 8080), 'localhost', () => {
  console.log(`open http://localhost:${(server.address() as AddressInfo).port}`);
});

process.once('SIGINT', () => {
  void web.close().then(() => process.exit());
});

function answer({ url = '/' }: IncomingMessage, response: ServerResponse): void {
  const file = files.get(url);
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  const csp = "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'";
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Security-Policy': csp }).end(file.body);
}
