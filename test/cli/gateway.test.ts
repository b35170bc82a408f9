import { firstValueFrom, take, toArray } from 'rxjs';
import { fromSub } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { radio } from './support/peers.js';
import { rxzmq, start } from './support/program.js';

describe('rxzmq gateway', { timeout: 60_000 }, () => {
  it('lets peers over WebSockets take part, and ends', async () => {
    const run = start(['gateway', `/iq=${await radio('pub')}`, '--port', '0']);
    const [, address] = await run.says(/(ws:\/\/127\.0\.0\.1:\d+\/iq) -> tcp:\/\/\S+ \(sub\)/);
    const frames = await firstValueFrom(fromSub(address!).pipe(take(3), toArray()));
    expect(frames.map(({ numSamples }) => numSamples)).toEqual([1000, 1000, 1000]);
    run.child.kill('SIGINT');
    expect((await run.ended).code, run.err).toBe(0);
  });

  it.each(['push', 'pub'] as const)('tells a peer that asks that it is a %s', async (type) => {
    const run = start(['gateway', `/iq=${await radio(type)}`, '--port', '0']);
    const [, address] = await run.says(/(ws:\/\/127\.0\.0\.1:\d+\/iq) -> /);
    const { code, out, err } = await rxzmq(['listen', address!, '--code']);
    expect(code, err).toBe(0);
    expect(out).toContain(type === 'push' ? 'fromPull(' : 'fromSub(');
    expect(out).not.toContain('nobody answered');
  });

  it('prints a program where nobody answers, and says so in it', async () => {
    const endpoint = await nobodyAt();
    const run = await rxzmq(['gateway', `/iq=${endpoint}`, '--code']);
    expect(run.code, run.err).toBe(0);
    expect(run.out).toContain(`// nobody answered at ${endpoint}: `);
    expect(run.out).toContain(`web.forward('/iq', '${endpoint}', 'sub');`);
  });

  it('asks for the token', async () => {
    const args = ['gateway', `/iq=${await radio('pub')}`, '--port', '0', '--token', 'env:GATEWAY_TOKEN'];
    const run = start(args, { env: { GATEWAY_TOKEN: 'open sesame' } });
    const [, address] = await run.says(/(ws:\/\/127\.0\.0\.1:\d+\/iq) -> /);
    const status: string[] = [];
    const refused = fromSub(address!, { token: 'wrong', status: ({ kind }) => status.push(kind) }).subscribe();
    await expect.poll(() => status).toContain('handshakeFailed');
    refused.unsubscribe();
    expect(await firstValueFrom(fromSub(address!, { token: 'open sesame' }))).toMatchObject({ sampleType: 'cf32' });
  });

  it('says that a port is in use', async () => {
    const first = start(['gateway', `/iq=${await radio('pub')}`, '--port', '0']);
    const [, port] = await first.says(/ws:\/\/127\.0\.0\.1:(\d+)/);
    const second = start(['gateway', '/iq=tcp://127.0.0.1:1', '--as', 'sub', '--port', port!]);
    expect((await second.ended).code).toBe(1);
    expect(second.err).toMatch(/EADDRINUSE/);
  });
});
