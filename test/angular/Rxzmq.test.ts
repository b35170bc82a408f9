import { createEnvironmentInjector, InjectionToken, inject, NgZone, runInInjectionContext } from '@angular/core';
import { firstValueFrom, interval, lastValueFrom, map, NEVER, of, Subject, take, toArray } from 'rxjs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectionState } from '../../src/angular/connectionState.js';
import { provideRxzmq } from '../../src/angular/provideRxzmq.js';
import { Rxzmq } from '../../src/angular/Rxzmq.js';
import { json } from '../../src/codecs/json.js';
import type { SocketStatus } from '../../src/driver/SocketStatus.js';
import { pacedMap } from '../../src/operators/pacedMap.js';
import { toPub } from '../../src/sinks/toPub.js';
import { toPush } from '../../src/sinks/toPush.js';
import { fromPull } from '../../src/sources/fromPull.js';
import { reply } from '../../src/sources/reply.js';
import type { Endpoints } from '../../src/driver/endpoints.js';
import { gateway, until } from '../gateway/support/serving.js';
import { application } from './support/application.js';

const codec = json<number>();

/** Numbers at `/base/n`, twice a number at `/base/double`, and what arrives at `/base/up`. */
async function radio(authenticate?: (token: string | undefined) => boolean) {
  const served = await gateway({
    ...(authenticate && { authenticate: ({ token }: { readonly token?: string | undefined }) => authenticate(token) }),
  });
  const up: number[] = [];
  const running = [
    interval(5).pipe(toPub(served.web.at('/base/n'), { codec })),
    reply(served.web.at('/base/double'), (n: number) => 2 * n, { codec }),
    fromPull(served.web.at('/base/up'), { codec, bind: true }).pipe(map((n) => up.push(n))),
  ].map((pipeline: { subscribe(): { unsubscribe(): void } }) => pipeline.subscribe());
  onTestFinished(() => running.forEach((one) => one.unsubscribe()));
  return { ...served, up, host: `ws://127.0.0.1:${served.port}` };
}

describe('the client', () => {
  it('puts the base URL before paths, in each of its functions', async () => {
    const { host, up } = await radio();
    const zmq = application(provideRxzmq({ url: `${host}/base/` })).get(Rxzmq);
    expect(await firstValueFrom(zmq.fromSub('/n', { codec }))).toBeTypeOf('number');
    expect(await firstValueFrom(zmq.fromSub(`${host}/base/n`, { codec }))).toBeTypeOf('number');
    expect(await lastValueFrom(of(1, 2).pipe(zmq.toPush('/up', { codec }), toArray()))).toEqual([1, 2]);
    await until(() => up.length === 2);
    expect(await lastValueFrom(of(3, 4).pipe(zmq.request('/double', { codec }), toArray()))).toEqual([6, 8]);
    expect(await firstValueFrom(zmq.requester('/double', { codec }).request(5))).toBe(10);
  });

  it('calls url and token in the injection context, the token for each connection', async () => {
    const given: (string | undefined)[] = [];
    const { host } = await radio((token) => (given.push(token), token === 'right'));
    const HOST = new InjectionToken<string>('host');
    let tokens = 0;
    const TOKEN = new InjectionToken<{ next(): string }>('token');
    const zmq = application(
      provideRxzmq({ url: () => `${inject(HOST)}/base`, token: () => Promise.resolve(inject(TOKEN).next()) }),
      { provide: HOST, useValue: host },
      { provide: TOKEN, useValue: { next: () => (tokens++, 'right') } },
    ).get(Rxzmq);
    await firstValueFrom(zmq.fromSub('/n', { codec }));
    await firstValueFrom(zmq.fromSub('/n', { codec }));
    expect([tokens, given]).toEqual([2, ['right', 'right']]);
    await new Promise<void>((refused) => {
      const status = ({ kind }: SocketStatus): void => void (kind === 'handshakeFailed' && refused());
      zmq.fromSub('/n', { codec, token: 'wrong', status }).subscribe();
    });
    expect([tokens, given.at(-1)]).toEqual([2, 'wrong']);
  });

  it('gives its token to no other host', async () => {
    const given: (string | undefined)[] = [];
    const { host, port } = await radio((token) => (given.push(token), true));
    const zmq = application(provideRxzmq({ url: `${host}/base`, token: 'secret' })).get(Rxzmq);
    await firstValueFrom(zmq.fromSub(`ws://localhost:${port}/base/n`, { codec }));
    await firstValueFrom(zmq.fromSub(`${host}/base/n`, { codec }));
    expect(given).toEqual([undefined, 'secret']);
  });

  it('reports the statuses of all sockets, beside those of a call, whatever an observer throws', async () => {
    const { host } = await radio();
    const all: SocketStatus[] = [];
    const own: SocketStatus[] = [];
    vi.spyOn(process, 'emitWarning').mockReturnValue();
    const zmq = application(
      provideRxzmq({
        url: `${host}/base`,
        status: (status) => {
          all.push(status);
          throw new Error('faulty');
        },
      }),
    ).get(Rxzmq);
    await firstValueFrom(zmq.fromSub('/n', { codec, status: (status) => void own.push(status) }));
    await until(() => own.some(({ kind }) => kind === 'closed'));
    expect(own.map(({ kind }) => kind)).toContain('connected');
    expect(all).toEqual(own);
  });

  it('keeps back-pressure: what is not ready is not read', async () => {
    const { web, port } = await gateway();
    let taken = 0;
    const numbers = interval(0).pipe(take(3000));
    const sending = numbers
      .pipe(toPush(web.at('/work'), { codec, highWaterMark: 10 }))
      .subscribe({ next: () => (taken += 1), error: () => undefined });
    onTestFinished(() => sending.unsubscribe());
    const zmq = application(provideRxzmq({ url: `ws://127.0.0.1:${port}` })).get(Rxzmq);
    const gate = new Subject<number>();
    const work = zmq
      .fromPull('/work', { codec, highWaterMark: 10 })
      .pipe(pacedMap(() => gate))
      .subscribe();
    await until(() => taken > 0);
    await new Promise<void>((done) => interval(0).pipe(take(300)).subscribe({ complete: done }));
    expect(taken).toBeLessThan(60);
    work.unsubscribe();
  });

  it('closes what an injection context has made with it, and the rest with the application', async () => {
    const { host, web } = await radio();
    const app = application(provideRxzmq({ url: `${host}/base` }));
    const zmq = app.get(Rxzmq);
    const component = createEnvironmentInjector([], app);
    const ended: string[] = [];
    const tuner = runInInjectionContext(component, () => {
      zmq.fromSub('/n', { codec }).subscribe({ complete: () => ended.push('source') });
      NEVER.pipe(zmq.toPush('/up', { codec })).subscribe({ complete: () => ended.push('sink') });
      return zmq.requester('/double', { codec });
    });
    zmq.fromSub('/n', { codec }).subscribe({ complete: () => ended.push('application') });
    await firstValueFrom(tuner.request(1));
    await until(() => web.clients === 4);
    component.destroy();
    expect(ended.sort()).toEqual(['sink', 'source']);
    await until(() => web.clients === 1);
    await expect(firstValueFrom(tuner.request(1))).rejects.toMatchObject({ code: 'ERR_SOCKET' });
    app.destroy();
    expect(ended).toContain('application');
    await until(() => web.clients === 0);
  });

  it('leaves no socket of a thousand that were made and destroyed', { timeout: 120_000 }, async () => {
    const served = await gateway({ limits: { maxClients: 2000, maxClientsPerAddress: 2000 } });
    const sending = interval(5)
      .pipe(toPub(served.web.at('/n'), { codec }))
      .subscribe();
    onTestFinished(() => sending.unsubscribe());
    const app = application(provideRxzmq({ url: `ws://127.0.0.1:${served.port}` }));
    const zmq = app.get(Rxzmq);
    const state = runInInjectionContext(app, () => connectionState());
    for (let batch = 0; batch < 20; batch += 1) {
      const components = Array.from({ length: 50 }, () => createEnvironmentInjector([], app));
      for (const component of components)
        runInInjectionContext(component, () => zmq.fromSub('/n', { codec }).subscribe());
      if (batch % 2 === 0) await until(() => served.web.clients === 50);
      for (const component of components) component.destroy();
    }
    await until(() => served.web.clients === 0 && state() === 'idle');
  });

  it.each([
    ['undefined', undefined],
    ['a word', 'radio'],
    ['nothing', []],
  ])('throws at the call for an endpoint that is %s', (_, endpoint) => {
    const zmq = application(provideRxzmq({ url: 'ws://127.0.0.1:1' })).get(Rxzmq);
    expect(() => zmq.fromSub(endpoint as Endpoints)).toThrow(expect.objectContaining({ code: 'ERR_ENDPOINT' }));
    expect(() => zmq.requester(endpoint as Endpoints)).toThrow(expect.objectContaining({ code: 'ERR_ENDPOINT' }));
  });

  it('says what a function of option url has given wrongly', () => {
    const app = application(provideRxzmq({ url: () => 'https://radio.example' }));
    expect(() => app.get(Rxzmq)).toThrow(/option 'url' must give .*got 'https:\/\/radio.example'/);
  });
});

describe('connectionState', () => {
  const stateOf = (app: ReturnType<typeof application>) => runInInjectionContext(app, () => connectionState());

  it('goes from idle to connected and back, and waits while the gateway is away', async () => {
    const { host, web } = await radio();
    const app = application(provideRxzmq({ url: `${host}/base` }));
    const state = stateOf(app);
    expect(state()).toBe('idle');
    const states: string[] = [];
    const status = () => void (states.at(-1) === state() || states.push(state()));
    const running = app.get(Rxzmq).fromSub('/n', { codec, status }).subscribe();
    await until(() => states.includes('connected'));
    await web.close();
    await until(() => states.includes('waiting'));
    expect(states.slice(0, 3)).toEqual(['connecting', 'connected', 'waiting']);
    expect(state.reason()).toBeTypeOf('string');
    running.unsubscribe();
    await until(() => state() === 'idle');
    expect(state.reason()).toBeUndefined();
  });

  it('is refused with a wrong token, stays so while it tries again, and says why', async () => {
    const { host } = await radio((token) => token === 'right');
    const app = application(provideRxzmq({ url: `${host}/base`, token: 'wrong' }));
    const state = stateOf(app);
    const kinds: string[] = [];
    const running = app
      .get(Rxzmq)
      .fromSub('/n', { codec, status: ({ kind }) => void kinds.push(kind) })
      .subscribe();
    await until(() => kinds.includes('retrying'));
    expect([state(), state.reason()]).toEqual(['refused', expect.stringContaining('security (WEB) failed')]);
    running.unsubscribe();
  });

  it('is refused where a token cannot be had', async () => {
    const { host } = await radio();
    const token = () => Promise.reject(new Error('signed out'));
    const app = application(provideRxzmq({ url: `${host}/base`, token }));
    const running = app.get(Rxzmq).fromSub('/n', { codec }).subscribe();
    const state = stateOf(app);
    await until(() => state() === 'refused');
    running.unsubscribe();
  });
});

describe('zones', () => {
  /** A zone of Angular, as far as the client asks for it. */
  class Zone {
    inside = false;
    run<T>(action: () => T): T {
      return this.#in(true, action);
    }
    runOutsideAngular<T>(action: () => T): T {
      return this.#in(false, action);
    }
    #in<T>(inside: boolean, action: () => T): T {
      const before = this.inside;
      this.inside = inside;
      try {
        return action();
      } finally {
        this.inside = before;
      }
    }
  }

  it('opens sockets outside, subscribes to what it is given inside, and replies inside', async () => {
    const zone = new Zone();
    vi.spyOn(NgZone, 'isInAngularZone').mockImplementation(() => zone.inside);
    const { host } = await radio();
    const statuses: boolean[] = [];
    const zmq = application(provideRxzmq({ url: `${host}/base`, status: () => void statuses.push(zone.inside) }), {
      provide: NgZone,
      useValue: zone,
    }).get(Rxzmq);
    const given: boolean[] = [];
    const replied: boolean[] = [];
    const input = of(1, 2).pipe(map((n) => (given.push(zone.inside), n)));
    await new Promise<void>((complete) => {
      zone.run(() =>
        input.pipe(zmq.request('/double', { codec })).subscribe({ next: () => replied.push(zone.inside), complete }),
      );
    });
    await new Promise<void>((complete) => {
      zone.run(() =>
        zmq
          .requester('/double', { codec })
          .request(4)
          .subscribe({ next: () => replied.push(zone.inside), complete }),
      );
    });
    const received: boolean[] = [];
    await new Promise<void>((complete) => {
      zone.run(() =>
        zmq
          .fromSub('/n', { codec })
          .pipe(take(2))
          .subscribe({ next: () => received.push(zone.inside), complete }),
      );
    });
    expect([given, replied, received]).toEqual([
      [true, true],
      [true, true, true],
      [false, false],
    ]);
    expect(new Set(statuses)).toEqual(new Set([false]));
  });
});
