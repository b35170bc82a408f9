// BROWSER BYTES HOW MS: frames of so many bytes from this process to a page of that browser, which no driver is attached to. HOW:
// `rxzmq`, by fromPull of the built package; `plain`, one WebSocket message each, which the page counts; `slow`, by fromSub with 10 ms
// of work a frame, at 500 frames a second. Prints what the page says: frames a second, and for `slow` the memory in MiB by which the
// browser and this process grew.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { interval, map } from 'rxjs';
import { frame, fromIterable, toPub, toPush } from 'rxzmq';
import { serve } from 'rxzmq/gateway';
import { WebSocketServer } from 'ws';
import { bundled, eachProcess, openBrowser } from './browserPage.mjs';

const [browser, bytesText, how, msText] = process.argv.slice(2);
const samples = new Float32Array(Number(bytesText) / 4);

// It looks at the clock with each message: a flood of them keeps timers of Firefox from firing.
const PAGE = `
import { fromPull, fromSub } from 'rxzmq';
let count = 0;
let first, from, before;
const work = () => { for (const end = performance.now() + 10; performance.now() < end; ); };
const came = () => {
  const now = performance.now();
  first ??= now;
  count += 1;
  if (from === undefined && count >= 20 && now > first + 500) {
    [before, from] = [count, now];
    void fetch('/begun', { method: 'POST' });
  } else if (from !== undefined && before !== undefined && now > from + ${Number(msText)}) {
    const rate = ((count - before) / (now - from)) * 1000;
    before = undefined;
    void fetch('/done', { method: 'POST', body: JSON.stringify({ rate }) });
  }
};
if ('${how}' === 'plain') {
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/plain');
  socket.binaryType = 'arraybuffer';
  socket.onmessage = came;
} else if ('${how}' === 'slow') fromSub('/slow').subscribe(() => (work(), came()));
else fromPull('/iq').subscribe(came);
`;
const script = await bundled(PAGE);

let begun;
const server = createServer((request, response) => {
  if (request.url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script);
  else if (request.url === '/begun') response.end(void (begun = held()));
  else if (request.url === '/done') void finish(request).finally(() => response.end());
  else
    response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><script type="module" src="/page.js"></script>');
});
const plain = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on('upgrade', (request, socket, head) => {
  if (request.url === '/plain') plain.handleUpgrade(request, socket, head, send);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const web = serve(server);
function* frames() {
  for (;;) yield frame(samples);
}
if (how === 'rxzmq')
  fromIterable(frames())
    .pipe(toPush(web.at('/iq')))
    .subscribe();
if (how === 'slow')
  interval(2)
    .pipe(
      map(() => frame(samples)),
      toPub(web.at('/slow')),
    )
    .subscribe();

const page = openBrowser(browser, `http://127.0.0.1:${server.address().port}/`);

/** Sends as fast as the kernel takes it. */
function send(socket) {
  const message = Buffer.alloc(samples.byteLength + 96);
  const more = () => {
    while (socket.readyState === socket.OPEN && socket.bufferedAmount < 1 << 20) socket.send(message);
    if (socket.readyState === socket.OPEN) setImmediate(more);
  };
  more();
}

async function finish(request) {
  let text = '';
  for await (const piece of request) text += piece;
  const [now, { rate }] = [held(), JSON.parse(text)];
  begun ??= now; // a flood has held back the request that says so
  const grown = { browserMiB: now.browserMiB - begun.browserMiB, gatewayMiB: now.gatewayMiB - begun.gatewayMiB };
  await page.close();
  process.stdout.write(`${JSON.stringify({ rate, ...grown })}\n`, () => process.exit());
}

/** What the browser, with all of its processes, and this process hold. */
function held() {
  let browserKiB = 0;
  eachProcess(page.pid, (pid) => {
    browserKiB += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  });
  return { browserMiB: browserKiB / 1024, gatewayMiB: process.memoryUsage().rss / 2 ** 20 };
}
