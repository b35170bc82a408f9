import type * as rxjs from 'rxjs';
import type * as rxzmq from 'rxzmq';
import { expect, it, onTestFinished } from 'vitest';
import { bundleForBrowser } from '../helpers/browserSources.js';

it('says what a program without WebSockets can do, instead of trying again and again', async () => {
  const bundle = await bundleForBrowser(`export * as rxjs from 'rxjs'; export * as rxzmq from 'rxzmq';`);
  const url = `data:text/javascript;base64,${Buffer.from(bundle).toString('base64')}`;
  const { rxjs: rx, rxzmq: page } = (await import(/* @vite-ignore */ url)) as {
    readonly rxjs: typeof rxjs;
    readonly rxzmq: typeof rxzmq;
  };
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  onTestFinished(() => void (own && Object.defineProperty(globalThis, 'WebSocket', own)));
  Reflect.deleteProperty(globalThis, 'WebSocket');
  const endings: Record<string, () => rxjs.Observable<unknown>> = {
    fromSub: () => page.fromSub('ws://127.0.0.1:1/iq'),
    withToken: () => page.fromSub('ws://127.0.0.1:1/iq', { token: () => Promise.resolve('secret') }),
    toPush: () => rx.of(1).pipe(page.toPush('ws://127.0.0.1:1/up', { codec: page.json<number>() })),
    request: () => rx.of(1).pipe(page.request('ws://127.0.0.1:1/tune', { codec: page.json<number>() })),
  };
  for (const [name, open] of Object.entries(endings)) {
    await expect(rx.lastValueFrom(open()), name).rejects.toMatchObject({
      code: 'ERR_UNSUPPORTED',
      message: expect.stringMatching(/no WebSocket.*import 'rxzmq' and install ws/) as string,
    });
  }
});
