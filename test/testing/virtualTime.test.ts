import { delay, firstValueFrom, map, of, Subject, timer } from 'rxjs';
import { frame, fromPull, fromSub, getTimestampNs, reply, request, text, toPub, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { frames, virtualTime } from '../../src/testing/index.js';

describe.each(['inproc://in', 'tcp://radio:5555', 'ipc:///tmp/radio'])('what is fed to %s', (url) => {
  it('comes out of fromPull, in its millisecond', () => {
    virtualTime(({ feed, expectObservable }) => {
      feed(url, 'a-b-|');
      const x = frames({ a: [97, 0], b: [98, 0] });
      expectObservable(fromPull(url)).toBe('a-b', x);
    });
  });

  it('comes out of fromSub', () => {
    virtualTime(({ feed, expectObservable }) => {
      feed(url, 'a-b-|', { a: [1, 2], b: [3, 4] });
      expectObservable(fromSub(url)).toBe('a-b', { a: [1, 2], b: [3, 4] });
    });
  });

  it('is answered by reply', () => {
    virtualTime(({ feed, run, expectEndpoint }) => {
      run(reply(url, (asked) => timer(3).pipe(map(() => asked))));
      feed(url, 'a--b');
      expectEndpoint(url).toBe('---a--b');
    });
  });
});

describe.each(['inproc://out', 'tcp://*:5556', 'ipc:///tmp/out'])('what goes to %s', (url) => {
  it('through toPush is heard', () => {
    virtualTime(({ cold, run, expectEndpoint }) => {
      run(cold('-a-b|', frames({ a: [1, 2], b: [3, 4] })).pipe(toPush(url)));
      expectEndpoint(url).toBe('-a-b', { a: [1, 2], b: [3, 4] });
    });
  });

  it('through toPub is heard', () => {
    virtualTime(({ cold, run, expectEndpoint }) => {
      run(cold('a-b|', frames({ a: [1, 2], b: [3, 4] })).pipe(toPub(url, { waitForSubscribers: 1 })));
      expectEndpoint(url).toBe('a-b', { a: [1, 2], b: [3, 4] });
    });
  });
});

it('a request is answered, in the time that takes', () => {
  virtualTime(({ cold, expectObservable, expectEndpoint }) => {
    const url = 'tcp://classifier:5557';
    expectEndpoint(url, { codec: text, reply: (asked) => of(asked.toUpperCase()).pipe(delay(5)) }).toBe('a----b');
    expectObservable(cold('ab|').pipe(request(url, { codec: text }))).toBe('-----a----(b|)', { a: 'A', b: 'B' });
  });
});

describe.each(['inproc://early', 'tcp://early:5558'])(
  'a socket at %s that is open before its far side is named',
  (url) => {
    it('gets what is fed to it', () => {
      virtualTime(({ feed, expectObservable }) => {
        const got = new Subject<string>();
        const early = fromPull(url, { codec: text }).subscribe(got);
        feed(url, 'a-b', undefined, { codec: text });
        expectObservable(got).toBe('a-b');
        timer(10).subscribe(() => early.unsubscribe());
      });
    });

    it('is heard, also where it listens', () => {
      virtualTime(({ expectEndpoint }) => {
        timer(2)
          .pipe(map(String), toPush(url, { codec: text, bind: true }))
          .subscribe();
        expectEndpoint(url, { codec: text }).toBe('--0');
      });
    });
  },
);

it('several endpoints of one source have a far side each', () => {
  virtualTime(({ feed, expectObservable }) => {
    feed('tcp://one:1', 'a---c', undefined, { codec: text });
    feed('tcp://two:1', '--b', undefined, { codec: text });
    expectObservable(fromPull(['tcp://one:1', 'tcp://two:1'], { codec: text })).toBe('a-b-c');
  });
});

it('a port of the system’s choice has its far side', () => {
  virtualTime(({ cold, run, expectEndpoint }) => {
    run(cold('ab|').pipe(toPush('tcp://127.0.0.1:*', { codec: text })));
    expectEndpoint('tcp://127.0.0.1:*', { codec: text }).toBe('ab');
  });
});

it('both ends can be in what is tested', () => {
  virtualTime(({ cold, run, expectObservable }) => {
    run(cold('a-b|').pipe(toPush('tcp://*:5555', { codec: text })));
    expectObservable(fromPull('tcp://localhost:5555', { codec: text })).toBe('a-b');
  });
});

it('timestamps are those of the run', () => {
  virtualTime(({ cold, run, expectEndpoint }) => {
    run(cold('a-b|', { a: new Float32Array([1, 0]), b: new Float32Array([2, 0]) }).pipe(toPush('inproc://out')));
    expectEndpoint('inproc://out').toBe('a-b', {
      a: { samples: [1, 0], sequence: 0, timestampNs: 0n },
      b: { samples: [2, 0], sequence: 1, timestampNs: 2_000_000n },
    });
  });
});

it('a fed frame keeps its own number where that is asked for', () => {
  virtualTime(({ feed, expectObservable }) => {
    const x = frames({ a: { samples: [1, 0], sequence: 5 }, b: { samples: [1, 0], sequence: 9 } });
    feed('inproc://in', 'ab', x, { sequence: 'preserve' });
    expectObservable(fromPull('inproc://in').pipe(map(({ sequence }) => sequence))).toBe('ab', { a: 5, b: 9 });
  });
});

it('gives nothing back and leaves the clock of the process alone', async () => {
  virtualTime(({ expectObservable }) => expectObservable(timer(5)).toBe('-----(a|)', { a: 0 }));
  await new Promise((resolve) => timer(1).subscribe(resolve));
  expect.assertions(0);
});

it('what was made outside runs in it, and outside again', async () => {
  const url = 'inproc://outside';
  const flow = fromPull(url, { codec: text }).pipe(map((value) => value.toUpperCase()));
  const sink = toPush('tcp://*:5556', { codec: text });
  virtualTime(({ feed, run, expectEndpoint }) => {
    run(flow.pipe(sink));
    feed(url, 'a-b', undefined, { codec: text });
    expectEndpoint('tcp://*:5556', { codec: text }).toBe('A-B');
  });
  const first = firstValueFrom(flow);
  of('c')
    .pipe(toPush(url, { codec: text }))
    .subscribe();
  expect(await first).toBe('C');
});

it('frames that are made in it have its time', () => {
  virtualTime(({ cold, expectObservable }) => {
    const made = cold('a--b').pipe(map(() => frame(new Float32Array(2)).timestampNs));
    expectObservable(made).toBe('a--b', { a: 0n, b: 3_000_000n });
  });
  expect(getTimestampNs()).toBeGreaterThan(10n ** 18n);
});
