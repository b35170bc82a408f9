vi.setConfig({ testTimeout: 120_000 }); // a busy machine

// What the guide promises of rxzmq/angular, in an application: runs with the specs of examples/angular, on the oldest and newest Angular.
import {
  ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  createEnvironmentInjector,
  CUSTOM_ELEMENTS_SCHEMA,
  ElementRef,
  EnvironmentInjector,
  ErrorHandler,
  inject,
  Injector,
  NgZone,
  PLATFORM_ID,
  type ResourceRef,
  runInInjectionContext,
  signal,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { rxResource, toSignal } from '@angular/core/rxjs-interop';
import {
  defer,
  EMPTY,
  firstValueFrom,
  lastValueFrom,
  NEVER,
  Observable,
  of,
  Subject,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import { type Frame, frame, json, type SocketStatus, text } from 'rxzmq';
import {
  connectionState,
  drawFrames,
  provideRxzmq,
  provideRxzmqTesting,
  Rxzmq,
  type RxzmqTestingOptions,
  subResource,
} from 'rxzmq/angular';
import 'rxzmq/scope';
import { changeDetection } from './change-detection';

const NG0203 = /NG0203/;
const one = (sequence = 0) => ({ ...frame(new Float32Array(4)), sequence }) as Frame<'cf32'>;

function play(options: RxzmqTestingOptions = {}, ...providers: unknown[]): void {
  TestBed.configureTestingModule({
    providers: [...changeDetection, provideRxzmqTesting(options), ...(providers as [])],
  });
}
/** Runs in the injection context of the application. */
const here = <T>(action: () => T): T => TestBed.runInInjectionContext(action);

describe('subResource', () => {
  @Component({ template: `{{ iq.status() }} {{ iq.hasValue() ? iq.value().sequence : '' }}` })
  class Newest {
    readonly path = signal<string | undefined>('/a');
    readonly iq = subResource(() => this.path(), { sampleType: 'cf32' });
  }
  const shown = (fixture: { nativeElement: HTMLElement }) => fixture.nativeElement.textContent?.trim();

  it('is idle without an endpoint, loading without a frame, and changes with its signals', async () => {
    const [a, b] = [new Subject<Frame>(), new Subject<Frame>()];
    play({ sources: { '/a': a, '/b': b } });
    const fixture = TestBed.createComponent(Newest);
    await fixture.whenStable();
    expect(shown(fixture)).toBe('loading');
    a.next(one(1));
    await fixture.whenStable();
    a.next(one(2));
    await fixture.whenStable();
    expect(shown(fixture)).toBe('resolved 2');
    fixture.componentInstance.path.set('/b');
    await fixture.whenStable();
    expect([shown(fixture), a.observed, b.observed]).toEqual(['loading', false, true]);
    fixture.componentInstance.path.set(undefined);
    await fixture.whenStable();
    expect([shown(fixture), b.observed]).toEqual(['idle', false]);
    fixture.destroy();
  });

  it('leaves the application stable while it waits, and shows at once what is there', async () => {
    play({ sources: { '/a': of(one(7)) } });
    const fixture = TestBed.createComponent(Newest);
    await fixture.whenStable();
    expect(shown(fixture)).toBe('resolved 7');
    fixture.componentInstance.path.set('/nobody');
    await fixture.whenStable();
    await TestBed.inject(ApplicationRef).whenStable();
    expect(shown(fixture)).toBe('loading');
  });

  it('ends with a component that is destroyed before the first frame', async () => {
    const a = new Subject<Frame>();
    play({ sources: { '/a': a } });
    const fixture = TestBed.createComponent(Newest);
    await fixture.whenStable();
    expect(a.observed).toBe(true);
    fixture.destroy();
    expect(a.observed).toBe(false);
  });

  it('opens its socket anew by reload, and none after destroy', async () => {
    const a = new Subject<Frame>();
    let opened = 0;
    play({ sources: { '/a': new Observable<Frame>((out) => ((opened += 1), a.subscribe(out))) } });
    const fixture = TestBed.createComponent(Newest);
    await fixture.whenStable();
    a.next(one(1));
    await fixture.whenStable();
    fixture.componentInstance.iq.reload();
    await fixture.whenStable();
    expect([opened, fixture.componentInstance.iq.status()]).toEqual([2, 'reloading']);
    fixture.componentInstance.iq.destroy();
    expect([a.observed, fixture.componentInstance.iq.status()]).toEqual([false, 'idle']);
    fixture.destroy();
  });

  it('has the error of a wrong endpoint, a failed source, and one that ends without a value', async () => {
    const failed = Object.assign(new Error('broken'), { code: 'ERR_SOCKET' });
    play({ sources: { '/broken': throwError(() => failed), '/empty': EMPTY } });
    const fixture = TestBed.createComponent(Newest);
    const { path, iq } = fixture.componentInstance;
    for (const [endpoint, message] of [
      ['radio', /write it like/],
      ['/broken', /broken/],
      ['/empty', /without a value/],
    ] as const) {
      path.set(endpoint);
      await fixture.whenStable();
      expect(iq.status()).toBe('error');
      expect(iq.error()?.message ?? String(iq.error())).toMatch(message);
      expect(iq.hasValue()).toBe(false);
    }
    fixture.destroy();
  });

  it('is an error while the gateway refuses it, and recovers', async () => {
    let report: (status: SocketStatus) => void = () => undefined;
    const frames = new Subject<Frame>();
    const fake = {
      fromSub: (_: string, options: { status: typeof report }) => ((report = options.status), frames),
    };
    TestBed.configureTestingModule({ providers: [...changeDetection, { provide: Rxzmq, useValue: fake }] });
    const seen: SocketStatus[] = [];
    const resource = here(() => subResource(() => '/a', { status: (status) => void seen.push(status) }));
    TestBed.tick();
    const at = { endpoint: '/a', socketId: 1 };
    report({ kind: 'handshakeFailed', reason: 'no such token', error: new Error('no such token'), ...at });
    await TestBed.inject(ApplicationRef).whenStable();
    expect([resource.status(), resource.error()?.message, seen.length]).toEqual(['error', 'no such token', 1]);
    report({ kind: 'connected', ...at });
    expect([resource.status(), resource.error(), resource.hasValue()]).toEqual(['resolved', undefined, false]);
    resource.destroy();
  });

  it('takes defaultValue, equal and a codec', async () => {
    const words = new Subject<string>();
    play({ sources: { '/words': words } });
    const changes: string[] = [];
    const injector = TestBed.inject(Injector);
    const resource: ResourceRef<string> = subResource(() => '/words', {
      codec: text,
      defaultValue: 'none',
      equal: (a, b) => a.toLowerCase() === b.toLowerCase(),
      injector,
    });
    TestBed.tick();
    changes.push(resource.value());
    for (const word of ['One', 'ONE', 'two']) {
      words.next(word);
      await TestBed.inject(ApplicationRef).whenStable();
      changes.push(resource.value());
    }
    expect(changes).toEqual(['none', 'One', 'One', 'two']);
    resource.destroy();
  });
});

describe('outside an injection context', () => {
  it.each([
    ['subResource', () => subResource(() => '/a')],
    ['drawFrames', () => drawFrames(NEVER, () => undefined)],
    ['connectionState', () => connectionState()],
  ])("%s throws Angular's own error, and names itself", (name, call) => {
    expect(call).toThrow(NG0203);
    expect(call).toThrow(name);
  });

  it('an injector does instead', () => {
    play();
    const injector = TestBed.inject(Injector);
    expect(subResource(() => undefined, { injector }).status()).toBe('idle');
    expect(connectionState({ injector })()).toBe('idle');
    drawFrames(NEVER, () => undefined, { injector }).destroy();
  });
});

describe('drawFrames', () => {
  @Component({ template: `{{ checked() }}`, changeDetection: ChangeDetectionStrategy.OnPush })
  class Drawn {
    static source: Observable<number> = NEVER;
    static draws: (value: number) => void = () => undefined;
    static begun: (string | null)[] = [];
    checks = 0;
    readonly #host: HTMLElement = inject(ElementRef).nativeElement;
    readonly #source = defer(() => (Drawn.begun.push(this.#host.textContent), Drawn.source));
    readonly ref = drawFrames(this.#source, (value) => Drawn.draws(value));
    checked(): number {
      return (this.checks += 1);
    }
  }

  @Component({ schemas: [CUSTOM_ELEMENTS_SCHEMA], template: `<rx-scope [frames]="frames" bare />` })
  class Watched {
    static frames: Observable<Frame>;
    readonly frames = Watched.frames;
  }

  it('begins after the first rendering, runs no change detection, and ends with the component', async () => {
    const source = new Subject<number>();
    const drawn: unknown[] = [];
    Drawn.source = source;
    Drawn.draws = (value) => drawn.push([value, NgZone.isInAngularZone()]);
    play();
    const ticks = vi.spyOn(TestBed.inject(ApplicationRef), 'tick');
    Drawn.begun = [];
    const fixture = TestBed.createComponent(Drawn);
    await fixture.whenStable();
    expect(Drawn.begun).toEqual([expect.stringMatching(/^\d+$/)]); // the template is there
    expect(source.observed).toBe(true);
    const before = [ticks.mock.calls.length, fixture.componentInstance.checks];
    TestBed.inject(NgZone).runOutsideAngular(() => {
      for (const value of [1, 2, 3]) source.next(value);
    });
    await new Promise((resolve) => setTimeout(resolve));
    expect(drawn).toEqual([1, 2, 3].map((value) => [value, false]));
    expect([ticks.mock.calls.length, fixture.componentInstance.checks]).toEqual(before);
    fixture.destroy();
    expect(source.observed).toBe(false);
  });

  it('shows frames in a scope, which unsubscribes when its element is gone', async () => {
    const source = new Subject<Frame>();
    let taken = 0;
    Watched.frames = source.pipe(tap(() => (taken += 1)));
    play();
    const fixture = TestBed.createComponent(Watched);
    const host = fixture.nativeElement as HTMLElement;
    document.body.append(host); // elements live in documents
    await fixture.whenStable();
    await vi.waitFor(() => expect(source.observed).toBe(true));
    source.next(one(1));
    expect(taken).toBe(1);
    fixture.destroy();
    host.remove(); // what a view does that is no fixture
    expect(source.observed).toBe(false);
  });

  it('draws nothing for a component that is destroyed at once, and ends by hand', async () => {
    const source = new Subject<number>();
    Drawn.source = source;
    play();
    TestBed.createComponent(Drawn).destroy();
    const fixture = TestBed.createComponent(Drawn);
    await fixture.whenStable();
    fixture.componentInstance.ref.destroy();
    fixture.componentInstance.ref.destroy();
    expect(source.observed).toBe(false);
  });

  it.each([
    ['the source', (source: Subject<number>) => source.error(new Error('broken'))],
    ['draw', (source: Subject<number>) => source.next(1)],
  ])('an error of %s ends it, and goes to the ErrorHandler once', async (_, fail) => {
    const errors: unknown[] = [];
    const source = new Subject<number>();
    Drawn.source = source;
    Drawn.draws = () => {
      throw new Error('broken');
    };
    play({}, { provide: ErrorHandler, useValue: { handleError: (error: Error) => errors.push(error.message) } });
    const fixture = TestBed.createComponent(Drawn);
    await fixture.whenStable();
    fail(source);
    expect([errors, source.observed]).toEqual([['broken'], false]);
    fixture.destroy();
  });

  it('says what it was given wrongly', () => {
    play();
    expect(() => here(() => drawFrames('/iq' as never, () => undefined))).toThrow(/'source'|source must be/);
    expect(() => here(() => drawFrames(NEVER, undefined as never))).toThrow(/draw must be/);
  });
});

describe('on a server', () => {
  const server = { provide: PLATFORM_ID, useValue: 'server' };

  it('opens nothing, keeps nothing waiting, and lets each Observable complete', async () => {
    TestBed.configureTestingModule({ providers: [...changeDetection, provideRxzmq(), server] });
    const zmq = TestBed.inject(Rxzmq);
    const all = await here(() =>
      Promise.all(
        [
          zmq.fromSub('/a'),
          zmq.fromPull('/a'),
          of(frame(new Float32Array(2))).pipe(zmq.toPush('/a')),
          of(1).pipe(zmq.request('/a', { codec: json<number>() })),
          zmq.requester('/a').request(new Float32Array(2)),
        ].map((observable: Observable<unknown>) => lastValueFrom(observable.pipe(toArray()))),
      ),
    );
    expect(all).toEqual([[], [], [], [], []]);
    expect(here(() => connectionState())()).toBe('idle');
    const iq = here(() => subResource(() => '/a'));
    const drawn: unknown[] = [];
    here(() => drawFrames(of(1), (value) => drawn.push(value)));
    const own = here(() => rxResource({ stream: () => zmq.requester('/a').request(new Float32Array(2)) }));
    TestBed.tick();
    await TestBed.inject(ApplicationRef).whenStable();
    expect([iq.status(), own.status(), drawn]).toEqual(['idle', 'error', []]);
  });
});

describe('connectionState', () => {
  it('is the worst of all connections, with its reason', () => {
    play({ sources: { '/a': NEVER } });
    const zmq = TestBed.inject(Rxzmq);
    const state = here(() => connectionState());
    const seen = [state()];
    const a = zmq.fromSub('/a').subscribe();
    seen.push(state());
    const b = zmq.fromSub('/b').subscribe();
    seen.push(state());
    expect(state.reason()).toContain("'/b'");
    b.unsubscribe();
    seen.push(state());
    a.unsubscribe();
    seen.push(state());
    expect(seen).toEqual(['idle', 'connected', 'waiting', 'connected', 'idle']);
    expect(state.reason()).toBeUndefined();
  });

  it('may change while a template is rendered', async () => {
    @Component({ template: `{{ state() }} {{ iq()?.sequence }}` })
    class Both {
      readonly state = connectionState();
      readonly iq = toSignal(inject(Rxzmq).fromSub('/a'));
    }
    play({ sources: { '/a': of(one(3)) } });
    const fixture = TestBed.createComponent(Both);
    await fixture.whenStable();
    expect(fixture.nativeElement.textContent).toMatch(/^(connected|idle) 3$/);
    fixture.destroy();
  });
});

describe('provideRxzmqTesting', () => {
  it('feeds sinks, answers by value, Promise and Observable, and fails as it is told', async () => {
    const up: unknown[] = [];
    play({
      sinks: { '/up': (value) => up.push(value) },
      replies: {
        '/value': (n: number) => n + 1,
        '/promise': (n: number) => Promise.resolve(n + 2),
        '/observable': (n: number) => of(n + 3, 99),
        '/error': () => throwError(() => new Error('no')),
      },
    });
    const zmq = TestBed.inject(Rxzmq);
    const codec = json<number>();
    expect(await lastValueFrom(of(1, 2).pipe(zmq.toPush('/up', { codec }), toArray()))).toEqual([1, 2]);
    expect(up).toEqual([1, 2]);
    const ask = (endpoint: string) => firstValueFrom(zmq.requester(endpoint, { codec }).request(1));
    expect(await Promise.all(['/value', '/promise', '/observable'].map(ask))).toEqual([2, 3, 4]);
    await expect(ask('/error')).rejects.toThrow('no');
    expect(await firstValueFrom(of(1).pipe(zmq.request('/value', { codec, project: (a, b) => [a, b] })))).toEqual([
      2, 1,
    ]);
  });

  it('gives the far side frames as they are stamped', async () => {
    const up: Frame[] = [];
    play({ sinks: { '/up': (value) => up.push(value) } });
    const sent = of(new Float32Array(4), new Float32Array(2)).pipe(
      TestBed.inject(Rxzmq).toPush('/up', { sampleRate: 1000 }),
      toArray(),
    );
    const frames = await lastValueFrom(sent);
    expect(up.map(({ sequence, numSamples, sampleRate }) => [sequence, numSamples, sampleRate])).toEqual([
      [0, 2, 1000],
      [1, 1, 1000],
    ]);
    expect(frames).toEqual(up);
  });

  it.each([
    [{ sources: { '/a': 'x' } }, /'\/a'/],
    [{ replies: { '/a': 1 } }, /'\/a'/],
    [{ state: 'away' }, /'away'/],
    [{ source: {} }, /unknown option 'source'/],
  ])('refuses %j', (options, message) => {
    expect(() => provideRxzmqTesting(options as never)).toThrow(message);
  });
});

describe('a thousand components', () => {
  @Component({ template: '' })
  class Heavy {
    readonly zmq = inject(Rxzmq);
    readonly iq = subResource(() => '/a');
    readonly level = toSignal(this.zmq.fromSub('/a'));
    readonly drawn = drawFrames(this.zmq.fromPull('/a'), () => undefined);
    readonly tune = this.zmq.requester('/t');
    readonly state = connectionState();
  }

  it('leave nothing open, whether they have seen a frame or not', async () => {
    let open = 0;
    const a = new Observable<Frame>((out) => {
      open += 1;
      if (open % 2 === 0) out.next(one());
      return () => (open -= 1);
    });
    play({ sources: { '/a': a } });
    let most = 0;
    for (let batch = 0; batch < 20; batch += 1) {
      const fixtures = Array.from({ length: 50 }, () => TestBed.createComponent(Heavy));
      if (batch % 2 === 0) await Promise.all(fixtures.map((fixture) => fixture.whenStable()));
      most = Math.max(most, open);
      for (const fixture of fixtures) fixture.destroy();
      expect(open).toBe(0);
    }
    expect(most).toBeGreaterThanOrEqual(100);
    expect(here(() => connectionState())()).toBe('idle');
  }, 500_000);
});

describe('provideRxzmq', () => {
  it.each([
    [{ url: 'https://radio.example' }, /option 'url' must be/],
    [{ url: 'wss://radio.example?x=1' }, /option 'url' must be/],
    [{ token: '' }, /option 'token'/],
    [{ status: 1 }, /option 'status' must be/],
    [{ tokens: 'x' }, /unknown option 'tokens'/],
  ])('refuses %j', (options, message) => {
    expect(() => provideRxzmq(options as never)).toThrow(message);
  });

  it('has states of its own where a route provides it', () => {
    play({ sources: { '/a': NEVER } });
    const outer = here(() => connectionState());
    const child = createEnvironmentInjector(
      [provideRxzmqTesting({ state: 'refused' })],
      TestBed.inject(EnvironmentInjector),
    );
    expect([outer(), runInInjectionContext(child, () => connectionState())()]).toEqual(['idle', 'refused']);
    child.destroy();
  });
});
