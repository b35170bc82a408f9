import { firstValueFrom, of, take } from 'rxjs';
import * as one from 'rxzmq';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { OtherThreads } from '../../../src/engine/carriers/node/OtherThreads.js';
import { InprocNames } from '../../../src/engine/context/InprocNames.js';
import type { EngineContext } from '../../../src/engine/context/EngineContext.js';
import { openEngineSocket } from '../../helpers/openEngineSocket.js';
import { defaultClock } from '../../../src/rx/defaultClock.js';
import type { SocketStatus } from '../../../src/driver/SocketStatus.js';
import { collect } from '../../helpers/collect.js';
import { nodeContext } from '../../helpers/nodeContext.js';
import { Statuses } from '../../helpers/Statuses.js';

describe('two copies of the package in one thread', () => {
  it.each(['to one', 'to the other'])('meet over inproc, %s', async (way) => {
    vi.resetModules(); // as ESM beside CommonJS
    const two = await import('rxzmq');
    expect(two.fromPull).not.toBe(one.fromPull);
    const [from, to] = way === 'to one' ? [one, two] : [two, one];
    const name = `inproc://copies ${way}`;
    const got = collect(from.fromPull(name, { codec: from.text }));
    of('a', 'b')
      .pipe(to.toPush(name, { codec: to.text }))
      .subscribe();
    expect(await got.first(2)).toEqual(['a', 'b']);

    const asked = `${name} requests`;
    const serving = from.reply(asked, (text) => text.toUpperCase(), { codec: from.text }).subscribe();
    onTestFinished(() => serving.unsubscribe());
    expect(await firstValueFrom(of('x').pipe(to.request(asked, { codec: to.text }), take(1)))).toBe('X');

    const published = `${name} topics`;
    const heard = collect(from.fromSub(published, { codec: from.topic(from.text), topics: ['q.'] }));
    of({ topic: 'z', value: '0' }, { topic: 'q.a', value: '1' })
      .pipe(to.toPub(published, { codec: to.topic(to.text), waitForSubscribers: 1 }))
      .subscribe();
    expect(await heard.first(1)).toEqual([{ topic: 'q.a', value: '1' }]);
  });
});

describe('two threads', () => {
  const thread = (): EngineContext => ({
    ...nodeContext(),
    inproc: new InprocNames(new OtherThreads()),
  });

  function open(context: EngineContext) {
    const statuses = new Statuses();
    let gone = (): void => undefined;
    const closed = new Promise<void>((resolve) => (gone = resolve));
    const settings = { type: 'dealer', clock: defaultClock, endpoints: [], highWaterMark: 10, maxMessageBytes: 1000 };
    const listener = {
      readable: () => undefined,
      writable: () => undefined,
      status: (status: SocketStatus) => statuses.next(status),
      failed: () => undefined,
      closed: () => gone(),
    };
    const rest = { limits: {}, reconnect: { initialMs: 1, maxMs: 1 }, heartbeat: false };
    const socket = openEngineSocket({ ...settings, ...rest } as never, listener, context);
    onTestFinished(async () => {
      socket.close(0);
      await closed;
    });
    return { socket, statuses };
  }

  it.each(['before', 'after'])('a name that is bound in the other %s it is looked for is told', async (when) => {
    const [here, there] = [thread(), thread()];
    const name = `inproc://threads ${when}`;
    const binder = open(there);
    const connector = open(here);
    if (when === 'after') {
      connector.socket.connect(name);
      await connector.statuses.first('connecting');
    }
    binder.socket.bind(name);
    await binder.statuses.first('listening');
    if (when === 'before') connector.socket.connect(name);
    expect(await connector.statuses.first('otherThread')).toMatchObject({
      endpoint: name,
      reason: expect.stringContaining('another thread') as string,
    });
  });

  it('says it once, however many look for it', async () => {
    const [here, there] = [thread(), thread()];
    const binder = open(there);
    binder.socket.bind('inproc://sought');
    await binder.statuses.first('listening');
    const first = open(here);
    first.socket.connect('inproc://sought');
    await first.statuses.first('otherThread');
    for (let i = 0; i < 3; i += 1) {
      const other = open(thread());
      other.socket.connect('inproc://sought');
      await other.statuses.first('otherThread');
    }
    binder.socket.bind('inproc://last');
    const last = open(here); // what it hears came behind all the others
    last.socket.connect('inproc://last');
    await last.statuses.first('otherThread');
    expect(first.statuses.all.filter(({ kind }) => kind === 'otherThread')).toHaveLength(1);
  });

  it('a name that is bound here as well is met here', async () => {
    const [here, there] = [thread(), thread()];
    const name = 'inproc://both';
    const [far, near, connector] = [open(there), open(here), open(here)];
    far.socket.bind(name);
    near.socket.bind(name);
    await Promise.all([far.statuses.first('listening'), near.statuses.first('listening')]);
    connector.socket.connect(name);
    await connector.statuses.first('connected');
    expect(connector.statuses.all.some(({ kind }) => kind === 'otherThread')).toBe(false);
  });
});
