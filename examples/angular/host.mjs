// The server of the example: Angular's pages, a radio that plays a tone, and the gateway between the two, on one origin.
//   npm start, then open what it says; the code is 'radio'
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { interval, map } from 'rxjs';
import { frame, json, reply, toPub } from 'rxzmq';
import { serve } from 'rxzmq/gateway';
import { reqHandler } from './dist/radio/server/server.mjs';

const SAMPLES = 1024;
const SAMPLE_RATE = 2_048_000;

const tokens = new Set();
const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/login') login(request, response);
  else void reqHandler(request, response, () => response.writeHead(404).end());
});

// #region host
const web = serve(server, {
  authenticate: ({ token }) => tokens.has(token),
  status: ({ kind, path }) => console.log(`${kind} ${path}`),
});
let mhz = 98;
for (const [band, shift] of [
  ['vhf', 0],
  ['uhf', 300],
]) {
  interval(20)
    .pipe(
      map((n) => frame(tone(n), { sampleRate: SAMPLE_RATE, centerFreq: (mhz + shift) * 1e6 })),
      toPub(web.at(`/iq/${band}`)),
    )
    .subscribe();
}
reply(web.at('/tune'), (wanted) => (mhz = Math.min(108, Math.max(88, wanted))), { codec: json() }).subscribe();
// #endregion host

server.listen(Number(process.env.PORT ?? 8080), 'localhost', () => {
  console.log(`open http://localhost:${server.address().port}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void web.close().then(() => process.exit()));
}

/** A code is exchanged for a token. A real application asks for a password, and lets its tokens expire. */
function login(request, response) {
  let code = '';
  request.on('data', (part) => (code = `${code}${part}`.slice(0, 100)));
  request.on('end', () => {
    if (code !== 'radio') {
      response.writeHead(403).end();
      return;
    }
    const token = randomUUID();
    tokens.add(token);
    response.end(token);
  });
}

/** Some noise, and a carrier beside the centre, that fades in and out. */
function tone(n) {
  const samples = new Float32Array(2 * SAMPLES);
  const level = 0.3 + 0.2 * Math.sin(n / 25);
  for (let i = 0; i < SAMPLES; i += 1) {
    const phase = 2 * Math.PI * 0.11 * (n * SAMPLES + i);
    samples[2 * i] = level * Math.cos(phase) + 0.01 * (Math.random() - 0.5);
    samples[2 * i + 1] = level * Math.sin(phase) + 0.01 * (Math.random() - 0.5);
  }
  return samples;
}
