import {
  asyncScheduler,
  concat,
  delay,
  EMPTY,
  filter,
  last,
  map,
  NEVER,
  of,
  skip,
  Subject,
  take,
  tap,
  timer,
  timestamp,
  toArray,
} from 'rxjs';
import {
  bounded,
  type Codec,
  fromIterable,
  fromPull,
  fromSub,
  openSocket,
  pacedMap,
  reply,
  request,
  requester,
  type SocketStatus,
  text,
  toPub,
  toPush,
} from 'rxzmq';
import { describe, expect, it, vi } from 'vitest';
import { virtualTime } from '../../src/testing/index.js';

describe('requests', () => {
  const url = 'tcp://classifier:5557';

  it('time out, are tried again, and fail when their tries are spent', () => {
    virtualTime(({ cold, expectEndpoint, expectObservable }) => {
      expectEndpoint(url, { codec: text }).toBe('a 9ms a 9ms a');
      const asked = cold('a').pipe(request(url, { codec: text, timeoutMs: 10, retries: 2 }));
      expectObservable(asked).toBe('30ms #', null, { code: 'ERR_REQUEST_TIMEOUT', tries: 3, sent: true });
    });
  });

  it('that nobody answers are not waited for when they have timed out', () => {
    const warned = vi.spyOn(process, 'emitWarning');
    virtualTime(({ cold, expectEndpoint, expectObservable }) => {
      expectEndpoint(url, { codec: text }).toBe('a');
      const asked = cold('a').pipe(request(url, { codec: text, timeoutMs: 10, onTimeout: () => 'none' }));
      expectObservable(asked).toBe('10ms n', { n: 'none' });
    });
    expect(warned).not.toHaveBeenCalled(); // of a handler that has taken longer than it may, after 24 days
    warned.mockRestore();
  });

  it('get the answer to the try that has one, and drop a late one', () => {
    const told = new Subject<SocketStatus>();
    virtualTime(({ cold, expectEndpoint, expectObservable }) => {
      const waits = [15, 2];
      expectEndpoint(url, { codec: text, reply: (asked) => of(asked).pipe(delay(waits.shift()!)) }).toBe('a 9ms a');
      const options = { codec: text, timeoutMs: 10, retries: 1, status: told };
      expectObservable(cold('a').pipe(request(url, options))).toBe('12ms a');
      expectObservable(told).toBe('(xy) 11ms z', {
        x: expect.objectContaining({ kind: 'connecting' }),
        y: expect.objectContaining({ kind: 'connected' }),
        z: expect.objectContaining({ kind: 'dropped', count: 1 }),
      });
    });
  });

  it('wait for a peer as long as they may', () => {
    virtualTime(({ cold, expectObservable }) => {
      const asked = cold('a').pipe(request(url, { codec: text, timeoutMs: 10, connectTimeoutMs: 700 }));
      expectObservable(asked).toBe('700ms #', null, { code: 'ERR_REQUEST_TIMEOUT', sent: false });
    });
  });

  it('to a peer that the run keeps away cause no warning of the process', () => {
    const warned = vi.spyOn(process, 'emitWarning');
    virtualTime(({ cold, presence, expectObservable }) => {
      presence(url, '0');
      const asked = cold('a').pipe(request(url, { codec: text, connectTimeoutMs: 20_000 }));
      expectObservable(asked).toBe('20s #', null, { code: 'ERR_REQUEST_TIMEOUT', sent: false });
    });
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it('of many places go through one requester', () => {
    virtualTime(({ run, expectObservable }) => {
      run(reply('inproc://q', (asked: string) => timer(5).pipe(map(() => asked.toUpperCase())), { codec: text }));
      const asker = requester('inproc://q', { codec: text });
      expectObservable(concat(asker.request('a'), asker.request('b'))).toBe('-----a----(b|)', { a: 'A', b: 'B' });
      timer(20).subscribe(() => void asker.close());
    });
  });

  it('that a handler never answers cost their requesters a timeout, others nothing', () => {
    virtualTime(({ feed, run, expectEndpoint }) => {
      const handler = (asked: string) => (asked === 'a' ? NEVER : of(asked).pipe(delay(3)));
      run(reply('tcp://*:1', handler, { codec: text, handlerTimeoutMs: 20, status: () => undefined }));
      feed('tcp://*:1', 'ab-c', undefined, { codec: text, timeoutMs: 50 });
      expectEndpoint('tcp://*:1', { codec: text }).toBe('----b-c');
    });
  });
});

describe('a peer', () => {
  it('that goes away from inproc and comes back sends on', () => {
    virtualTime(({ feed, presence, expectObservable }) => {
      feed('inproc://radio', 'a 99ms b 4899ms c', undefined, { codec: text });
      presence('inproc://radio', '1 49ms 0 1949ms 1');
      expectObservable(fromPull('inproc://radio', { codec: text })).toBe('a 1999ms b 2999ms c');
    });
  });

  it('that goes away from tcp is waited for, and what it holds is not lost', () => {
    const told: SocketStatus['kind'][] = [];
    const got: { readonly value: string; readonly timestamp: number }[] = [];
    virtualTime(({ feed, presence, run }) => {
      feed('tcp://radio:5555', 'a 99ms b 4899ms c', undefined, { codec: text });
      presence('tcp://radio:5555', '1 49ms 0 1949ms 1');
      const radio = fromPull('tcp://radio:5555', { codec: text, status: ({ kind }) => told.push(kind) });
      run(
        radio.pipe(
          timestamp(),
          tap((each) => got.push(each)),
        ),
      );
    });
    expect(got.map(({ value }) => value)).toEqual(['a', 'b', 'c']);
    expect(got[0]?.timestamp).toBe(0);
    expect(got[1]?.timestamp).toBe(50 + 100 + 200 + 400 + 800 + 1600); // each wait twice as long as the one before
    expect(got[2]?.timestamp).toBe(5000);
    expect(told.slice(0, 5)).toEqual(['connecting', 'connected', 'disconnected', 'retrying', 'connecting']);
  });

  it('that was never there is found when it comes', () => {
    virtualTime(({ cold, run, presence, expectEndpoint, time }) => {
      presence('ipc:///tmp/late', '0 999ms 1');
      const sink = toPush('ipc:///tmp/late', { codec: text, bind: false, reconnect: { initialMs: 4000, maxMs: 4000 } });
      run(
        cold('a').pipe(
          sink,
          tap(() => expect(asyncScheduler.now()).toBeGreaterThanOrEqual(time('3s |'))),
        ),
      );
      expectEndpoint('ipc:///tmp/late', { codec: text });
    });
  });

  it('that says nothing any more is found out by heartbeats, in their time', () => {
    const told = new Subject<SocketStatus>();
    virtualTime(({ feed, presence, run, expectObservable }) => {
      const heartbeat = { intervalMs: 100, timeoutMs: 30 };
      expectObservable(
        told.pipe(
          map(({ kind }) => kind),
          take(3),
        ),
      ).toBe('(ab) 426ms (c|)', {
        a: 'connecting',
        b: 'connected',
        c: 'disconnected',
      });
      run(fromSub('tcp://radio:5555', { codec: text, heartbeat, status: told }));
      feed('tcp://radio:5555', 'a', undefined, { codec: text });
      presence('tcp://radio:5555', '1 349ms ~');
    });
  });

  it.each(['tcp://radio:5555', 'ipc:///tmp/radio'])(
    'that is held back for longer than the timeout of its heartbeats loses nothing: %s',
    (url) => {
      const told = new Subject<SocketStatus>();
      const heartbeat = { intervalMs: 500, timeoutMs: 500 };
      const numbers = Array.from({ length: 300 }, (_, i) => String(i).padEnd(1000));
      virtualTime(
        ({ run, expectObservable }) => {
          const options = { codec: text, highWaterMark: 5, heartbeat, status: told };
          const slow = fromPull(url, { ...options, bind: true }).pipe(
            pacedMap((value) => timer(value === numbers[100] ? 6000 : 1).pipe(map(() => value))),
            take(numbers.length),
            toArray(),
          );
          const lost = told.pipe(filter(({ kind }) => kind === 'dropped' || kind === 'retrying'));
          expectObservable(lost).toBe('');
          expectObservable(slow).toBe('6299ms (a|)', { a: numbers });
          run(fromIterable(numbers).pipe(toPush(url, { ...options, bind: false })));
        },
        { bufferBytes: 2048 },
      );
    },
  );

  it.each([3, 100, 300])(
    'that is cut off for 25 s after %d ms, in the middle of a message, sends all of it',
    (afterMs) => {
      const url = 'tcp://radio:5555';
      const large = Array.from({ length: 4 }, (_, i) => String(i).padEnd(100_000));
      virtualTime(
        ({ run, presence, expectObservable }) => {
          const received = fromPull(url, { codec: text, bind: true }).pipe(take(4), toArray());
          presence(url, `1 ${afterMs - 1}ms ~ 24999ms 1`); // without it all takes 407 ms
          expectObservable(received.pipe(map((all) => all.join() === large.join()))).toBe('25407ms (a|)', { a: true });
          run(fromIterable(large).pipe(toPush(url, { codec: text, bind: false })));
        },
        { bufferBytes: 1000, latencyMs: 1 },
      );
    },
  );

  it('is as far away as it is told', () => {
    virtualTime(
      ({ cold, expectObservable, expectEndpoint }) => {
        expectEndpoint('tcp://far:1', { codec: text, reply: (asked) => asked });
        const asked = cold('a 999ms b').pipe(request('tcp://far:1', { codec: text }), timestamp());
        expectObservable(
          asked.pipe(
            map((each) => each.timestamp),
            skip(1),
          ),
        ).toBe('1080ms t', { t: 1080 });
      },
      { latencyMs: 40 },
    );
  });
});

describe('the end of a pipeline', () => {
  it('comes when all is with the peer', () => {
    virtualTime(({ cold, room, expectEndpoint, expectObservable }) => {
      room('inproc://out', '0 9ms 1');
      expectEndpoint('inproc://out', { codec: text }).toBe('10ms (abc)');
      const sent = cold('(abc|)').pipe(toPush('inproc://out', { codec: text, highWaterMark: 1 }));
      expectObservable(sent.pipe(last())).toBe('10ms (c|)');
    });
  });

  it('is a DrainError where it cannot be delivered in time', () => {
    virtualTime(({ cold, expectObservable, presence }) => {
      presence('tcp://gone:1', '0');
      const sent = cold('ab|').pipe(toPush('tcp://gone:1', { codec: text, bind: false, lingerMs: 250 }));
      expectObservable(concat(sent, EMPTY)).toBe('252ms #', null, { code: 'ERR_DRAIN', framesLeft: 2 });
    });
  });

  it('waits for subscribers where that is asked for', () => {
    virtualTime(({ cold, run, expectObservable, expectEndpoint }) => {
      run(cold('ab|').pipe(toPub('tcp://*:7', { codec: text, waitForSubscribers: 2 })));
      expectEndpoint('tcp://*:7', { codec: text }).toBe('-----(ab)');
      expectObservable(fromSub('tcp://localhost:7', { codec: text }), '-----^').toBe('-----(ab)');
    });
  });
});

describe('demand', () => {
  it.each([
    ['inproc://from', 'inproc://to'],
    ['tcp://radio:1', 'tcp://*:2'],
  ])('of a stalled far side holds a relay back, from %s to %s', (from, to) => {
    const letters = Array.from({ length: 40 }, (_, i) => String.fromCharCode(0x100 + i));
    const all = letters.join('');
    virtualTime(
      ({ run, feed, room, expectEndpoint, expectObservable }) => {
        const told = new Subject<SocketStatus>();
        let relayed = 0;
        feed(from, `(${all})`, undefined, { codec: block });
        room(to, '0 199ms 1');
        run(
          fromPull(from, { codec: block, highWaterMark: 1, status: told }).pipe(
            toPush(to, { codec: block, highWaterMark: 1 }),
            tap(() => (relayed += 1)),
          ),
        );
        timer(150).subscribe(() => expect(relayed).toBeLessThan(10));
        expectEndpoint(to, { codec: block }).toBe(`200ms (${all})`);
        const stalls = told.pipe(filter(({ kind }) => kind === 'stalled' || kind === 'resumed'));
        expectObservable(stalls.pipe(map(({ kind }) => kind))).toBe('100ms s 99ms r', { s: 'stalled', r: 'resumed' });
      },
      { bufferBytes: 4096 },
    );
  });

  it('asks a source that has it for what there is room for', () => {
    virtualTime(({ cold, expectObservable }) => {
      const read: number[] = [];
      const numbers = fromIterable(range6(read)).pipe(pacedMap((n) => cold('--x|').pipe(map(() => n))));
      expectObservable(numbers).toBe('--a--b--c--d--e--f|', { a: 0, b: 1, c: 2, d: 3, e: 4, f: 5 });
      timer(7).subscribe(() => expect(read).toEqual([0, 1, 2]));
    });
  });

  it('lets a buffer choose what is lost', () => {
    virtualTime(({ cold, expectObservable }) => {
      const slow = cold('abcdefgh|').pipe(
        bounded(1, 'drop-oldest'),
        pacedMap((value) => timer(4).pipe(map(() => value))),
      );
      expectObservable(slow).toBe('----a---e---(h|)');
    });
  });
});

describe('handles', () => {
  it('send and receive as sources and sinks do', () => {
    virtualTime(({ cold, run, expectObservable }) => {
      const push = openSocket('push').bind('tcp://*:9');
      const pull = openSocket('pull').connect('tcp://localhost:9');
      run(cold('a-b', { a: [Uint8Array.of(1)], b: [Uint8Array.of(2)] }).pipe(push.sink()));
      expectObservable(pull.messages.pipe(map(([part]) => part?.[0]))).toBe('a-b------|', { a: 1, b: 2 });
      timer(9).subscribe(() => [push, pull].forEach((socket) => void socket.close()));
    });
  });
});

it('runs that stand beside each other have names of their own', () => {
  for (const letter of ['a', 'b']) {
    virtualTime(({ feed, expectObservable }) => {
      feed('inproc://in', letter, undefined, { codec: text });
      expectObservable(fromPull('inproc://in', { codec: text })).toBe(letter);
    });
  }
});

/** A letter in a message that fills the way to the other side. */
const block: Codec<string> = {
  encode: (letter) => [new TextEncoder().encode(letter.padEnd(4096))],
  decode: ([part]) => new TextDecoder().decode(part).trimEnd(),
};

function* range6(read: number[]) {
  for (let i = 0; i < 6; i += 1) {
    read.push(i);
    yield i;
  }
}
