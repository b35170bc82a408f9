import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { firstValueFrom, of, take, toArray } from 'rxjs';
import { fromSub, json, request } from 'rxzmq';
import { expect, it, onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('../../examples/page/server.ts', import.meta.url));

it('the page and its live signal are served by one command', async () => {
  const server = spawn(process.execPath, ['--import', 'tsx', program], { env: { ...process.env, PORT: '0' } });
  const exited = once(server, 'exit');
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await exited;
  });
  let problems = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (problems += text));
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const [, url = ''] = /^open (http:\/\/localhost:\d+)$/.exec(String((await lines.next()).value)) ?? [problems];

  const page = await fetch(url);
  expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
  expect(await page.text()).toContain('<script type="module" src="/page.js">');
  const bundled = await (await fetch(`${url}/page.js`)).text();
  expect(/(^|;)\s*import\s*[{*"']/m.test(bundled)).toBe(false); // all in one
  expect((await fetch(`${url}/other`)).status).toBe(404);

  const host = url.replace('http', 'ws');
  const frames = await firstValueFrom(fromSub(`${host}/iq`).pipe(take(3), toArray()));
  expect(frames.map(({ numSamples }) => numSamples)).toEqual([512, 512, 512]);
  expect(await firstValueFrom(of(7).pipe(request(`${host}/tune`, { codec: json<number>() })))).toBe(7);
}, 240_000);
