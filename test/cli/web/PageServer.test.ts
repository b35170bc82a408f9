import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { once } from 'node:events';
import { firstValueFrom } from 'rxjs';
import { fromIterable, fromSub, pace, toPub } from 'rxzmq';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PageServer } from '../../../src/cli/web/PageServer.js';
import { tones } from '../support/peers.js';

// The files of the built package: any will do, so that the suite needs no build.
vi.mock('../../../src/cli/web/builtFiles.js', async (original) => ({
  ...(await original<object>()),
  builtFile: () => new URL(import.meta.url).pathname,
}));

async function open(): Promise<PageServer> {
  const page = await PageServer.open();
  onTestFinished(() => page.close());
  return page;
}

interface Reply {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
}

function get(
  page: PageServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: page.port, path, headers, method }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, type: response.headers['content-type'], body }));
    })
      .on('error', reject)
      .end();
  });
}

describe('PageServer', () => {
  it('serves the page, its program, and the files of its import map', async () => {
    const page = await open();
    const { status, type, body } = await get(page, '/');
    expect({ status, type }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
    const [, map] = /<script type="importmap">\s*(\{.*\})\s*<\/script>/.exec(body)!;
    const { imports } = JSON.parse(map!) as { imports: Record<string, string> };
    expect(Object.keys(imports)).toEqual(['rxjs', 'rxzmq', 'rxzmq/scope']);
    for (const path of ['/page.js', ...Object.values(imports)]) {
      expect(await get(page, path)).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' });
    }
    expect((await get(page, '/page.js')).body).toContain('rx-scope');
  });

  it('tells its token to nobody: it stands behind the # of the link', async () => {
    const page = await open();
    const [, token] = /^http:\/\/127\.0\.0\.1:\d+\/#token=([\w-]{32})$/.exec(page.link)!;
    for (const path of ['/', '/page.js']) expect((await get(page, path)).body).not.toContain(token);
    const other = await open();
    expect(other.link).not.toContain(token);
  });

  it.each([
    ['/other', {}, 'GET', 404],
    ['/rxzmq/../package.json', {}, 'GET', 404],
    ['/rxzmq/index.js', {}, 'GET', 404],
    ['/', {}, 'POST', 405],
    ['/', { host: 'evil.example' }, 'GET', 421], // a name that somebody else lets lead here
  ])('answers %s %j %s with %i', async (path, headers, method, status) => {
    expect((await get(await open(), path, headers, method)).status).toBe(status);
  });

  it('gives frames to who has the token, and to nobody else', async () => {
    const page = await open();
    const sending = fromIterable(tones())
      .pipe(pace(), toPub(page.at('/iq'), { lingerMs: 0 }))
      .subscribe();
    onTestFinished(() => sending.unsubscribe());
    const address = `ws://127.0.0.1:${page.port}/iq`;
    const [, token] = page.link.split('#token=');
    expect(await firstValueFrom(fromSub(address, { token: token! }))).toMatchObject({ numSamples: 1000 });
    for (const wrong of [undefined, 'x'.repeat(32)]) {
      const kinds: string[] = [];
      const trying = fromSub(address, {
        ...(wrong && { token: wrong }),
        status: ({ kind }) => kinds.push(kind),
      }).subscribe();
      await expect.poll(() => kinds).toContain('handshakeFailed');
      trying.unsubscribe();
      expect(kinds).not.toContain('connected');
    }
  });

  it('listens on this machine only', async () => {
    const page = await open();
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (!outside) return; // there is no other address
    const socket = connect(page.port, outside.address);
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
