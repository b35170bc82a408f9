// BROWSER MS: a scope in a page of that Chromium, without a GPU and without a driver attached, of 2.048 million samples a second from
// this process. Prints pictures a second as the page counts them, and the share of a core that the renderer of the page and all
// processes of the browser take.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { interval, map } from 'rxjs';
import { frame, toPub } from 'rxzmq';
import { serve } from 'rxzmq/gateway';
import { bundled, eachProcess, openBrowser } from './browserPage.mjs';

const [browser, msText] = process.argv.slice(2);
const RATE = 2.048e6;
const SAMPLES = 8192;
const TICKS_PER_SECOND = 100;

const script = await bundled(`
import 'rxzmq/scope';
const scope = document.querySelector('rx-scope');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
while (!(scope.readings?.pictures > 100)) await wait(50);
await fetch('/begun', { method: 'POST' });
const [before, from] = [scope.readings.pictures, performance.now()];
await wait(${Number(msText)});
await new Promise((told) => scope.addEventListener('readings', told, { once: true }));
const pictures = ((scope.readings.pictures - before) / (performance.now() - from)) * 1000;
await fetch('/done', { method: 'POST', body: JSON.stringify({ pictures }) });
`);

let begun;
const server = createServer((request, response) => {
  if (request.url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script);
  else if (request.url === '/begun') response.end(void (begun = used()));
  else if (request.url === '/done') void finish(request).finally(() => response.end());
  else
    response
      .setHeader('content-type', 'text/html')
      .end(
        '<!doctype html><style>rx-scope { height: 640px }</style><rx-scope src="/iq"></rx-scope><script type="module" src="/page.js"></script>',
      );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const web = serve(server);
const noisy = Array.from({ length: 16 }, (_, n) =>
  Float32Array.from({ length: 2 * SAMPLES }, (_, i) => {
    const phase = 0.7 * (n * SAMPLES + (i >> 1));
    return 0.3 * (i % 2 === 0 ? Math.cos(phase) : Math.sin(phase)) + 0.002 * (Math.random() - 0.5);
  }),
);
interval((SAMPLES / RATE) * 1000)
  .pipe(
    map((n) => frame(noisy[n % noisy.length], { sampleRate: RATE, centerFreq: 433.92e6 })),
    toPub(web.at('/iq'), { waitForSubscribers: 0 }),
  )
  .subscribe();

const page = openBrowser(browser, `http://127.0.0.1:${server.address().port}/`, [
  '--disable-gpu',
  '--window-size=1280,720',
]);

async function finish(request) {
  let text = '';
  for await (const piece of request) text += piece;
  const [now, { pictures }] = [used(), JSON.parse(text)];
  const seconds = (now.ms - begun.ms) / 1000;
  const share = (name) => (now[name] - begun[name]) / TICKS_PER_SECOND / seconds;
  await page.close();
  const told = { pictures, renderer: share('renderer'), browser: share('browser') };
  process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit());
}

/** The ticks that the renderers and all processes of the browser have taken so far. */
function used() {
  let [renderer, all] = [0, 0];
  eachProcess(page.pid, (pid, stat) => {
    const ticks = Number(stat[11]) + Number(stat[12]);
    all += ticks;
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) renderer += ticks;
  });
  return { renderer, browser: all, ms: performance.now() };
}
