import { BehaviorSubject, concat, interval, NEVER, of, repeat, retry, throwError, timer } from 'rxjs';
import {
  fromIterable,
  fromPull,
  fromSub,
  iterate,
  openSocket,
  pacedMap,
  reply,
  request,
  text,
  toPub,
  toPush,
  VirtualTimeError,
} from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { frames, virtualTime, type VirtualHelpers, type VirtualTimeOptions } from '../../src/testing/index.js';
import { offload } from '../../src/workers/index.js';

/** What a run throws. */
function failure(test: (helpers: VirtualHelpers) => void, options?: VirtualTimeOptions): Error & { code?: string } {
  try {
    virtualTime(test, options);
  } catch (error) {
    return error as Error & { code?: string };
  }
  throw new Error('the run did not fail');
}

/** Another object that is the same. */
const structuredCopy = (value: unknown): unknown => (value instanceof URL ? new URL(value) : structuredClone(value));

describe('a wrong expectation', () => {
  it('says that a toPub had nobody to send its first values to', () => {
    const first = (waitForSubscribers?: number) => (): void =>
      virtualTime(({ feed, run, expectEndpoint }) => {
        run(fromPull('tcp://in:1', { codec: text }).pipe(toPub('tcp://*:2', { codec: text, waitForSubscribers })));
        feed('tcp://in:1', 'a-b', undefined, { codec: text });
        expectEndpoint('tcp://*:2', { codec: text }).toBe('a-b');
      });
    expect(first()).toThrow(/subscribed at 0 ms, after what was sent before; with waitForSubscribers: 1 it waits/);
    expect(first(1)).not.toThrow();
  });

  it('does not say so of what came too late for another reason', () => {
    const { message } = failure(({ cold, run, expectEndpoint }) => {
      run(cold('-a-b').pipe(toPub('tcp://*:2', { codec: text, waitForSubscribers: 1 })));
      expectEndpoint('tcp://*:2', { codec: text }).toBe('-ab');
    });
    expect(message).not.toContain('waitForSubscribers');
  });

  it('tells all fields that differ', () => {
    const { message } = failure(({ cold, expectObservable }) => {
      expectObservable(cold('a', { a: { x: 1, y: 2, z: 3 } })).toBe('a', { a: { x: 1, y: 3, z: 4 } });
    });
    expect(message).toContain('a: y: expected 3, got 2; z: expected 4, got 3');
  });

  it('names the sample of an endpoint that differs', () => {
    const { message, name } = failure(({ feed, run, expectEndpoint }) => {
      run(fromPull('tcp://in:1').pipe(toPush('tcp://*:2')));
      feed('tcp://in:1', '-a-b', frames({ a: [1, 2], b: [3, 4, 5, 6] }));
      expectEndpoint('tcp://*:2').toBe('-a-b', { a: [1, 2], b: [3, 4, 9, 8] });
    });
    expect(name).toBe('AssertionError');
    expect(message).toBe(
      [
        "expectEndpoint('tcp://*:2') is not '-a-b':",
        '  expected  -a-b',
        '  got       -a-?',
        '  at 3 ms: b: samples[2] (I of sample 1): expected 9, got 5, and 1 more of 4 differ',
      ].join('\n'),
    );
  });

  it('tells when it was too late, and what came instead', () => {
    const { message } = failure(({ cold, expectObservable }) => {
      expectObservable(cold('a-b-(cd)|')).toBe('-ab-(dc)');
    });
    expect(message).toBe(
      [
        "expectObservable is not '-ab-(dc)':",
        '  expected  -ab-(dc)',
        '  got       a-b-(cd)|',
        '  at 0 ms: expected nothing, got a',
        '  at 1 ms: expected a, got nothing',
        '  at 4 ms: expected d, got c (expected "d", got "c")',
        '  at 4 ms: expected c, got d (expected "c", got "d")',
        '  at 8 ms: expected nothing, got the completion',
      ].join('\n'),
    );
  });

  it.each([
    ['another field', { a: { samples: [1, 2], centerFreq: 5 } }, 'centerFreq: expected 5, got 0'],
    ['fewer samples', { a: [1, 2, 3, 4] }, 'samples: expected 4 values, got 2'],
    ['another type', { a: new Int16Array([1, 2]) }, 'samples: expected Int16Array of 2, got Float32Array of 2'],
    ['no frame', { a: 'text' }, 'expected "text", got a cf32 frame [1, 2]'],
  ])('says so of %s', (_, values, text) => {
    const { message } = failure(({ feed, expectObservable }) => {
      feed('inproc://in', 'a', { a: [1, 2] });
      expectObservable(fromPull('inproc://in')).toBe('a', values);
    });
    expect(message).toContain(`at 0 ms: a: ${text}`);
  });

  it.each<[string, unknown, unknown, string]>([
    ['ArrayBuffers', new Uint8Array([1, 2]).buffer, new Uint8Array([1, 3]).buffer, 'a: [1]: expected 3, got 2'],
    ['DataViews', new DataView(new ArrayBuffer(1)), new DataView(new ArrayBuffer(2)), 'a: [1]: expected 0, got'],
    ['URLs', new URL('http://a/'), new URL('http://b/'), 'a: expected "http://b/", got "http://a/"'],
    ['regular expressions', /a/, /a/i, 'a: expected "/a/i", got "/a/"'],
    ['a Map and an object', new Map([[1, 2]]), {}, 'a: expected Object {  }, got Map {'],
    ['a Date and an object', { at: new Date(0) }, { at: {} }, 'a: at: expected Object {  }, got Date {'],
    ['an object and an error', {}, new Error('x'), 'a: expected Error: x, got {  }'],
  ])('tells %s apart, which have no fields', (_, got, wanted, text) => {
    const { message } = failure(({ expectObservable }) => expectObservable(of(got)).toBe('(a|)', { a: wanted }));
    expect(message).toContain(text);
    virtualTime(({ expectObservable }) => expectObservable(of(got)).toBe('(a|)', { a: structuredCopy(got) }));
  });

  it('says where in a value it is', () => {
    const { message } = failure(({ cold, expectObservable }) => {
      expectObservable(cold('a', { a: { list: [1, { deep: 2n }] } })).toBe('a', { a: { list: [1, { deep: 3n }] } });
    });
    expect(message).toContain('a: list[1].deep: expected 3n, got 2n');
  });

  it('tells an error by the fields that are named', () => {
    const { message } = failure(({ cold, expectObservable, expectEndpoint }) => {
      expectEndpoint('tcp://deaf:1', { codec: text });
      const asked = cold('a').pipe(request('tcp://deaf:1', { codec: text, timeoutMs: 7 }));
      expectObservable(asked).toBe('-------#', null, { code: 'ERR_DRAIN' });
    });
    expect(message).toMatch(
      /at 7 ms: #: code: expected "ERR_DRAIN", got "ERR_REQUEST_TIMEOUT" \(RequestTimeoutError: request: no reply from tcp:\/\/deaf:1 within 7 ms /,
    );
  });

  it('of subscriptions tells both', () => {
    const { message } = failure(({ cold, run, expectSubscriptions }) => {
      const source = cold('a-|');
      run(source);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
    expect(message).toBe(
      "expectSubscriptions is not '^--!':\n  expected  from 0 ms to 3 ms\n  got       from 0 ms to 2 ms",
    );
  });

  it('of an endpoint that nobody opened tells which were', () => {
    const { message } = failure(({ cold, run, expectEndpoint }) => {
      run(cold('a').pipe(toPush('tcp://*:5556', { codec: text })));
      expectEndpoint('tcp://*:5557', { codec: text }).toBe('a');
    });
    expect(message).toContain('expected a, got nothing\n  the endpoints that were opened: tcp://*:5556');
  });

  it('is what a deepEqual of one’s own throws', () => {
    const deepEqual = (actual: unknown, expected: unknown) => {
      if (actual !== expected) throw new Error('not by my rules');
    };
    expect(
      failure(({ cold, expectObservable }) => expectObservable(cold('a')).toBe('b'), { deepEqual }).message,
    ).toContain('not by my rules');
  });
});

describe('a right expectation', () => {
  it('takes matchers, rounds as the samples are, and is as exact as it is told', () => {
    virtualTime(
      ({ cold, feed, expectObservable }) => {
        feed('inproc://in', 'a', { a: [0.1, 0.25] });
        expectObservable(fromPull('inproc://in')).toBe('a', { a: [0.1, 0.2505] });
        expectObservable(cold('a', { a: { id: 7 } })).toBe('a', { a: { id: expect.any(Number) } });
      },
      { tolerance: 1e-3 },
    );
    expect(
      failure(({ feed, expectObservable }) => {
        feed('inproc://in', 'a', { a: [0.1, 0.25] });
        expectObservable(fromPull('inproc://in')).toBe('a', { a: [0.1, 0.2505] });
      }).message,
    ).toContain('samples[1] (Q of sample 0)');
  });

  it('takes another Observable, and Observables of Observables', () => {
    virtualTime(({ cold, expectObservable }) => {
      expectObservable(cold('a-b|')).toEqual(cold('a-b|'));
      expectObservable(cold('x|', { x: cold('-a|') })).toBe('x|', { x: cold('-a|') });
    });
    expect(
      failure(({ cold, expectObservable }) => expectObservable(cold('a-b|')).toEqual(cold('a--b|'))).message,
    ).toContain('at 2 ms: expected nothing, got "b"');
  });
});

it('an Observable in a result ends with its expectation, as it cannot be ended by the test', () => {
  virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
    const inner = cold('-a-');
    expectObservable(of(inner)).toBe('(x|)', { x: inner });
    expectSubscriptions(inner.subscriptions).toBe('^');
    expectObservable(of(fromPull('tcp://radio:5555'))).toBe('(x|)', { x: [] });
  });
});

describe('what is left open fails the run', () => {
  it('a socket', () => {
    const error = failure(() => void fromPull('tcp://radio:5555').subscribe());
    expect(error).toBeInstanceOf(VirtualTimeError);
    expect(error).toMatchObject({ code: 'ERR_VIRTUAL_TIME' });
    expect(error.message).toBe(
      "this was left open: fromPull('tcp://radio:5555'), opened at 0 ms. " +
        'Unsubscribe it, or hand its pipeline to run() or expectObservable()',
    );
  });

  it('sockets of an inner subscription, by name and time', () => {
    const { message } = failure(() => {
      timer(3).subscribe(() => reply('ipc:///tmp/x', () => NEVER).subscribe());
    });
    expect(message).toContain("reply('ipc:///tmp/x'), opened at 3 ms");
  });

  it('a handle', () => {
    const { message } = failure(() => void openSocket('pull').bind('tcp://*:5555'));
    expect(message).toContain("openSocket('pull') on tcp://*:5555, opened at 0 ms");
  });

  it('a subscription', () => {
    const { message } = failure(({ hot }) => void hot('-a').subscribe());
    expect(message).toContain("a subscription of hot('-a') from 0 ms on");
  });

  it('not what ends by itself, is unsubscribed, or is run', () => {
    virtualTime(({ cold, hot, run }) => {
      run(fromPull('tcp://radio:5555'));
      const subscription = fromSub('tcp://radio:5556').subscribe();
      subscription.add(hot('-----a').subscribe(() => subscription.unsubscribe()));
      cold('a|').subscribe();
      timer(20).subscribe();
    });
  });
});

describe('a run without end', () => {
  it.each<[string, (helpers: VirtualHelpers) => void]>([
    ['an interval', ({ run }) => run(interval(1))],
    ['a loop without time', ({ run }) => run(of(1).pipe(repeat({ delay: 0 })))],
    ['an endless iterable', ({ run }) => run(fromIterable(naturals()))],
    [
      'a ring of pipelines',
      ({ run }) => {
        run(fromPull('inproc://a', { codec: text }).pipe(toPush('inproc://b', { codec: text })));
        run(concat(of('x'), fromPull('inproc://b', { codec: text })).pipe(toPush('inproc://a', { codec: text })));
      },
    ],
    [
      'a retry without a wait',
      ({ run }) => {
        run(fromPull('tcp://*:1', { bind: true }));
        run(fromPull('tcp://*:1', { bind: true }).pipe(retry()));
      },
    ],
  ])('is given up: %s', (_, test) => {
    const error = failure(test, { maxEvents: 5000 });
    expect(error).toBeInstanceOf(VirtualTimeError);
    expect(error.message).toMatch(/^5000 events, and no end: (time stands still at|it is) \d+ ms/);
  });

  it('names what is open', () => {
    const { message } = failure(
      ({ run }) => {
        run(fromPull('inproc://a', { codec: text }).pipe(toPush('inproc://b', { codec: text })));
        run(concat(of('x'), fromPull('inproc://b', { codec: text })).pipe(toPush('inproc://a', { codec: text })));
      },
      { maxEvents: 5000 },
    );
    expect(message).toContain("fromPull('inproc://a'), opened at 0 ms");
    expect(message).toContain("toPush('inproc://b'), opened at 0 ms");
  });

  it('is none where sockets only wait for each other, with heartbeats', () => {
    virtualTime(({ run, feed }) => {
      const heartbeat = { intervalMs: 100 };
      run(fromPull('tcp://nobody:1', { heartbeat }));
      run(fromSub('tcp://somebody:1', { heartbeat }));
      feed('tcp://somebody:1', 'a');
    });
  });
});

describe('refused by name', () => {
  it.each<[string, (helpers: VirtualHelpers) => unknown, RegExp]>([
    ['a Promise', async () => undefined, /gave a Promise/],
    ['the native driver', () => fromPull('tcp://a:1', { driver: 'native' }), /fromPull: driver: 'native' needs libzmq/],
    ['iterate', () => iterate(NEVER), /^iterate: that cannot be had in virtual time$/],
    [
      'an async iterable',
      ({ run }) => run(fromIterable(iteratesLater()).pipe(retry(1))),
      /fromIterable: an async iterable/,
    ],
    ['pacedMap of Promises', ({ run }) => run(of(1).pipe(pacedMap(async () => 1))), /^pacedMap: a Promise/],
    [
      'offload',
      ({ run }) => run(of(1).pipe(offload('file:///stage.js'))),
      /^offload: that cannot be had in virtual time$/,
    ],
    [
      'a handler that gives a Promise',
      ({ run, feed }) => {
        run(reply('tcp://*:1', async (asked) => asked, { codec: text }));
        feed('tcp://*:1', 'a', undefined, { codec: text });
      },
      /^reply: a handler that gives a Promise/,
    ],
    ['ws', () => fromPull('ws://a:1', { bind: true }), /fromPull: ws:\/\/a:1 needs libzmq/],
    ['a run in a run', () => virtualTime(() => undefined), /within a run/],
    [
      'a feed of what takes nothing',
      ({ run, feed }) => {
        run(NEVER.pipe(toPush('tcp://*:1')));
        feed('tcp://*:1', 'a');
      },
      /feed\('tcp:\/\/\*:1'\): toPush takes nothing there/,
    ],
    [
      'an expectation of what gives nothing',
      ({ run, expectEndpoint }) => {
        run(fromPull('tcp://a:1'));
        expectEndpoint('tcp://a:1').toBe('a');
      },
      /expectEndpoint\('tcp:\/\/a:1'\): fromPull sends nothing there/,
    ],
    ['a feed that nobody takes', ({ feed }) => feed('tcp://a:1', 'ab'), /it was never opened, and 2 of its values/],
    ['a letter without value', ({ feed }) => feed('tcp://a:1', 'ab', { a: [1, 2] }), /there is no value for 'b'/],
    ['an end of an endpoint', ({ expectEndpoint }) => expectEndpoint('tcp://a:1').toBe('a|'), /has no end/],
    ['strange marbles', ({ room }) => room('tcp://a:1', '1-x'), /may have only 0, 1 and -/],
    ['a pipeline that fails', ({ run }) => run(throwError(() => new Error('broken'))), /^broken$/],
    ['silence over inproc', ({ presence }) => presence('inproc://a', '~'), /inproc has no silent peers/],
    [
      'CURVE',
      ({ run }) =>
        run(
          fromPull('tcp://a:1', {
            security: {
              mechanism: 'curve',
              serverKey: 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7',
              publicKey: 'Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID',
              secretKey: 'D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs',
            } as never,
          }),
        ),
      /CURVE|security/,
    ],
  ])('%s', (_, test, message) => {
    expect(failure(test as () => void).message).toMatch(message);
  });

  it('options that are none', () => {
    expect(() => virtualTime(() => undefined, { maxEvent: 1 } as never)).toThrow(/did you mean 'maxEvents'/);
    expect(() => virtualTime(1 as never)).toThrow(/must be a function/);
  });
});

describe('after a run that failed', () => {
  it('nothing of it is left: the next one has its names', () => {
    for (let i = 0; i < 3; i += 1) {
      failure(({ cold, run, expectEndpoint }) => {
        run(cold('a').pipe(toPush('tcp://*:5555', { codec: text })));
        expectEndpoint('tcp://*:5555', { codec: text }).toBe('b');
      });
      failure(() => {
        fromPull('tcp://*:5555', { bind: true }).subscribe();
        throw new Error('in the middle');
      });
    }
    virtualTime(({ cold, run, expectEndpoint }) => {
      run(cold('a').pipe(toPush('tcp://*:5555', { codec: text })));
      expectEndpoint('tcp://*:5555', { codec: text }).toBe('a');
    });
  });

  it('sockets of the process go on', async () => {
    failure(() => void fromPull('tcp://*:5555', { bind: true }).subscribe());
    const got = new BehaviorSubject('');
    const subscription = fromPull('inproc://real', { codec: text }).subscribe(got);
    await new Promise<void>((resolve) => {
      of('x')
        .pipe(toPush('inproc://real', { codec: text }))
        .subscribe({ complete: resolve });
    });
    expect(got.value).toBe('x');
    subscription.unsubscribe();
  });
});

async function* iteratesLater() {
  yield 1;
}

function* naturals() {
  for (let i = 0; ; i += 1) yield i;
}
