import { firstValueFrom } from 'rxjs';
import { frame, fromPull, reply, requester, text } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Router } from 'zeromq';
import { Statuses } from '../helpers/Statuses.js';

const bind = 'tcp://127.0.0.1:*';

async function shouter(): Promise<{ endpoint: string; close: () => void }> {
  const statuses = new Statuses();
  const subscription = reply(bind, (r: string) => r.toUpperCase(), { codec: text, status: statuses }).subscribe();
  return { endpoint: await statuses.endpoint(), close: () => subscription.unsubscribe() };
}

describe('requester', () => {
  it('serves many call sites over one socket', async () => {
    const server = await shouter();
    const statuses = new Statuses();
    const { request, close } = requester(server.endpoint, { codec: text, status: statuses });
    expect(statuses.all).toEqual([]); // nothing is opened before the first request
    const replies = await Promise.all(Array.from({ length: 100 }, (_, i) => firstValueFrom(request(`r${i}`))));
    expect(replies).toEqual(Array.from({ length: 100 }, (_, i) => `R${i}`));
    await close();
    expect(statuses.all.filter(({ kind }) => kind === 'connected').length).toBe(1);
    expect(statuses.all.at(-1)?.kind).toBe('closed');
    server.close();
  });

  it('sends again at each subscription', async () => {
    const server = await shouter();
    const { request, close } = requester(server.endpoint, { codec: text });
    const once = request('a');
    expect([await firstValueFrom(once), await firstValueFrom(once)]).toEqual(['A', 'A']);
    await close();
    server.close();
  });

  it('does not hold one request back for another', async () => {
    const router = new Router({ linger: 0 });
    await router.bind(bind);
    const { request, close } = requester(router.lastEndpoint ?? '', { codec: text });
    const [first, second] = [firstValueFrom(request('a')), firstValueFrom(request('b'))];
    const [a, b] = [await router.receive(), await router.receive()];
    await router.send([...b.slice(0, -1), 'B']);
    expect(await second).toBe('B');
    await router.send([...a.slice(0, -1), 'A']);
    expect(await first).toBe('A');
    await close();
    router.close();
  });

  it('abandons a request that is unsubscribed', async () => {
    const router = new Router({ linger: 0 });
    await router.bind(bind);
    const statuses = new Statuses();
    const { request, close } = requester(router.lastEndpoint ?? '', { codec: text, status: statuses });
    const seen: string[] = [];
    const subscription = request('a').subscribe((r) => seen.push(r));
    const parts = await router.receive();
    subscription.unsubscribe();
    await router.send([...parts.slice(0, -1), 'late']);
    await statuses.first('dropped');
    expect(seen).toEqual([]);
    await close();
    router.close();
  });

  it('fails what is not answered when closed, and everything after', async () => {
    const router = new Router({ linger: 0 });
    await router.bind(bind);
    const handle = requester(router.lastEndpoint ?? '', { codec: text });
    const pending = firstValueFrom(handle.request('a')).catch((e: unknown) => e);
    await router.receive();
    await Promise.all([handle.close(), handle.close()]);
    expect(await pending).toMatchObject({ code: 'ERR_SOCKET', operation: 'request' });
    await expect(firstValueFrom(handle.request('b'))).rejects.toMatchObject({ code: 'ERR_SOCKET' });
    router.close();
  });

  it('closes though it was never used', async () => {
    await requester('tcp://127.0.0.1:9').close();
  });

  it('fails its requests when its socket cannot be had, and opens another for the next', async () => {
    const holder = new Statuses();
    const held = fromPull(bind, { bind: true, status: holder }).subscribe();
    const endpoint = await holder.endpoint();
    const statuses = new Statuses();
    const { request, close } = requester(endpoint, { bind: true, codec: text, status: statuses });
    await expect(firstValueFrom(request('a'))).rejects.toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'bind',
      endpoint,
    });
    held.unsubscribe();
    await holder.first('closed'); // a libzmq peer that still reaches the PULL socket never tries again: the types do not fit
    const second = firstValueFrom(request('b'));
    const router = new Router({ linger: 0 });
    router.connect(endpoint);
    const parts = await router.receive();
    await router.send([...parts.slice(0, -1), 'B']);
    expect(await second).toBe('B');
    await close();
    router.close();
  });

  it('errors one request that cannot be encoded, and no other', async () => {
    const server = await shouter();
    const { request, close } = requester(server.endpoint, { codec: text });
    const good = firstValueFrom(request('a'));
    await expect(firstValueFrom(request(7 as never))).rejects.toMatchObject({ code: 'ERR_CODEC' });
    expect(await good).toBe('A');
    await close();
    server.close();
  });

  it('projects and falls back', async () => {
    const server = await shouter();
    const { request, close } = requester(server.endpoint, { codec: text, project: (r, q) => `${q}${r}` });
    expect(await firstValueFrom(request('a'))).toBe('aA');
    await close();
    server.close();
    const fallback = frame(new Int8Array([5, 5]));
    const none = requester('ipc:///nonexistent/rep', { timeoutMs: 20, onTimeout: () => fallback });
    expect(await firstValueFrom(none.request(new Int8Array(2)))).toBe(fallback);
    await none.close();
  });
});
