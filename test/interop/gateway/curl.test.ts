import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { bound } from '../../gateway/support/bound.js';
import { httpServer } from '../../gateway/support/serving.js';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol': 'rxzmq.1',
};

/** The status line that curl gets, and what else the gateway says. */
async function curl(url: string, headers: Readonly<Record<string, string | undefined>>): Promise<string> {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : ['-H', `${name}: ${value}`],
  );
  const child = spawn('curl', ['-s', '-i', '-N', '--http1.1', '--max-time', '20', ...given, url]);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.startsWith('HTTP/1.1 101')) child.kill(); // from here on it would wait
  });
  await once(child, 'close');
  return text;
}

it.skipIf(!hasCurl)('tells curl why it is not let in, and lets it in where all is right', async () => {
  const { server, port } = await httpServer();
  await bound(server, '/iq');
  const at = (path: string, changed: Readonly<Record<string, string | undefined>> = {}) =>
    curl(`http://127.0.0.1:${port}${path}`, { ...UPGRADE, ...changed });

  expect(await at('/iq')).toMatch(/^HTTP\/1\.1 101 [^]*sec-websocket-protocol: rxzmq\.1/i);
  expect(await at('/iq', { Origin: 'https://elsewhere.example' })).toMatch(/^HTTP\/1\.1 403 /);
  expect(await at('/nothing')).toMatch(/^HTTP\/1\.1 404 /);
  expect(await at('/iq', { 'Sec-WebSocket-Protocol': undefined })).toMatch(/^HTTP\/1\.1 400 /);
  expect(await at('/iq', { 'Sec-WebSocket-Protocol': 'chat' })).toMatch(/^HTTP\/1\.1 400 /);
  expect(await at('/iq', { 'Sec-WebSocket-Key': undefined })).toMatch(/^HTTP\/1\.1 400 /);
  expect(await at('/iq', { Upgrade: 'h2c' })).toMatch(/^HTTP\/1\.1 (400|404) /);
});
