import { firstValueFrom, interval, map, take, takeUntil, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import * as zeromq from 'zeromq';
import { openSocket } from '../../src/sockets/openSocket.js';
import type { SocketType } from '../../src/sockets/SocketTypes.js';
import { thrownBy } from '../frame/arbitraries.js';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';
import { bound, drivers, next, open, textOf, texts } from './open.js';

const types: readonly SocketType[] = [
  ...(['pair', 'pub', 'sub', 'xpub', 'xsub', 'push', 'pull', 'req', 'rep', 'dealer', 'router', 'stream'] as const),
  ...(['server', 'client', 'radio', 'dish', 'scatter', 'gather', 'dgram', 'peer', 'channel'] as const),
];
const longest = 2 ** 31 - 1;

function refusedOrNot(type: SocketType, options: object): Error | undefined {
  try {
    void openSocket(type, options as never).close();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function refusal(type: SocketType, options: object): unknown {
  return thrownBy(() => openSocket(type, options as never));
}

/** Which types have an option that not all have, with a good value and bad ones. */
const some: readonly [option: string, types: readonly SocketType[], good: unknown, bad: readonly unknown[]][] = [
  ['conflate', ['pub', 'sub', 'push', 'pull', 'dealer'], true, [1, 'yes']],
  ['routingId', ['req', 'rep', 'dealer', 'router'], 'me', ['', '\0me', 'x'.repeat(256), 7, new Uint8Array()]],
  ['probeRouter', ['req', 'dealer', 'router'], true, [1]],
  ['relaxed', ['req'], true, [1]],
  ['correlate', ['req'], true, [1]],
  ['mandatory', ['router'], true, [1]],
  ['handover', ['router'], true, [1]],
  ['noDrop', ['pub', 'xpub', 'radio'], true, [1]],
  ['maxSubscriptionBytes', ['pub', 'xpub', 'radio'], 5, [0, 1.5]],
  ['maxSubscriptions', ['pub', 'xpub', 'radio'], 5, [0, 1.5]],
  ['maxTopicBytes', ['pub', 'xpub', 'radio'], 5, [-1]],
  ['invertMatching', ['pub', 'xpub', 'sub'], true, [1]],
  ['verbosity', ['xpub'], 'allSubs', ['all', true]],
  ['manual', ['xpub'], true, [1]],
  ['manualLastValue', ['xpub'], true, [1]],
  ['welcomeMessage', ['xpub'], 'hello', [1, ['hello']]],
  ['onlyFirstSubscribe', ['xpub', 'xsub'], true, [1]],
  ['verboseUnsubscribe', ['xsub'], true, [1]],
  ['multicastHops', ['radio', 'dgram'], 2, [0]],
];

describe.each(some)('option %s', (option, has, good, bad) => {
  it('is for its types only', () => {
    for (const type of types) {
      if (has.includes(type)) void openSocket(type, { [option]: good } as never).close();
      else {
        expect(refusal(type, { [option]: good })).toMatchObject({
          code: 'ERR_OPTION',
          option,
          message: `openSocket('${type}'): option '${option}' is for ${has.join(', ')}, not for ${type}`,
        });
      }
    }
  });

  it('has a range', () => {
    for (const type of has) {
      for (const value of bad)
        expect(refusal(type, { [option]: value })).toMatchObject({ code: 'ERR_OPTION', option, value });
      void openSocket(type, { [option]: undefined } as never).close();
    }
  });
});

describe('options of all types', () => {
  it.each<[option: string, good: readonly unknown[], bad: readonly unknown[]]>([
    ['immediate', [true], [1]],
    ['backlog', [1, longest], [0, 1.5]],
    ['connectTimeout', [0, 100], [-1, 0.5]],
    ['tcpKeepalive', [true, false, -1, 0, 1], [2, 'yes']],
    ['tcpKeepaliveIdle', [-1, 10], [0, 1.5]],
    ['highWaterMark', [1], [0]],
    ['lingerMs', [0, Infinity], [-1]],
    ['maxMessageBytes', [1], [0]],
    ['handshakeTimeoutMs', [0], [-1]],
    ['reconnect', [false, { initialMs: 1 }], [true, { initialMs: 5, maxMs: 1 }]],
    ['heartbeat', [{ intervalMs: 1 }], [{}]],
    ['driver', ['auto'], ['zmq']],
    ['status', [() => undefined], [7]],
  ])('%s', (option, good, bad) => {
    for (const type of types) {
      for (const value of good) void openSocket(type, { [option]: value } as never).close();
      for (const value of bad) expect(refusal(type, { [option]: value })).toMatchObject({ code: 'ERR_OPTION', option });
    }
  });

  it.each<[option: string, good: unknown, bad: unknown]>([
    ['tcpKeepaliveCount', 5, 0],
    ['tcpKeepaliveInterval', 5, 0],
    ['tcpMaxRetransmitTimeout', 1000, -1],
    ['typeOfService', 8, 256],
    ['socksProxy', '127.0.0.1:1080', ''],
    ['interface', 'lo', 'a\0'],
    ['sendBufferSize', 4096, 0],
  ])('%s is libzmq’s', async (option, good, bad) => {
    expect(refusal('push', { [option]: bad })).toMatchObject({ code: 'ERR_OPTION', option });
    expect(refusal('push', { [option]: good, driver: 'engine' })).toMatchObject({ code: 'ERR_UNSUPPORTED' });
    if (option === 'interface') return; // it takes rights
    const push = open('push', { [option]: good });
    expect(await push.opened).toEqual([]);
  });

  it('marks are for those who send, and for those who receive', () => {
    expect(refusal('pull', { sendHighWaterMark: 1 })).toMatchObject({ option: 'sendHighWaterMark' });
    expect(refusal('push', { receiveHighWaterMark: 1 })).toMatchObject({ option: 'receiveHighWaterMark' });
    expect(refusal('push', { sendHighWaterMark: -1 })).toMatchObject({ option: 'sendHighWaterMark' });
    void openSocket('push', { sendHighWaterMark: 0 }).close();
  });

  it.each([
    ['linger', "'lingerMs' here"],
    ['maxMessageSize', "'maxMessageBytes' here"],
    ['reconnectInterval', "'reconnect: { initialMs }' here"],
    ['sendTimeout', "the signal of send here: 'AbortSignal.timeout(ms)'"],
    ['receiveTimeout', "RxJS's 'timeout' on messages here"],
    ['ipv6', 'not needed here'],
    ['bind', 'a method here'],
    ['affinity', 'not here'],
    ['gssapiServer', "'security' here"],
  ])('%s of zeromq.js is said to be elsewhere', (option, text) => {
    expect(refusal('push', { [option]: 1 })).toMatchObject({
      code: 'ERR_OPTION',
      option,
      message: expect.stringContaining(`openSocket('push'): option '${option}' is ${text}`),
    });
  });

  it('every option of zeromq.js is one here, or is said to be elsewhere', () => {
    const proto = (name: string, all: string[] = []): string[] => {
      let object = (zeromq as any)[name].prototype;
      for (; object !== null && object !== Object.prototype; object = Object.getPrototypeOf(object)) {
        for (const [key, { set }] of Object.entries(Object.getOwnPropertyDescriptors(object))) if (set) all.push(key);
      }
      return all;
    };
    const classes = {
      pair: 'Pair',
      pub: 'Publisher',
      sub: 'Subscriber',
      xpub: 'XPublisher',
      xsub: 'XSubscriber',
      push: 'Push',
      pull: 'Pull',
      req: 'Request',
      rep: 'Reply',
      dealer: 'Dealer',
      router: 'Router',
      stream: 'Stream',
    };
    for (const [type, name] of Object.entries(classes)) {
      const options = proto(name);
      expect(options).toContain('maxMessageSize');
      for (const option of options) {
        const error = refusedOrNot(type as SocketType, { [option]: Symbol('none') });
        expect(error?.message, `${type} ${option}`).not.toMatch(/unknown option/);
        expect(error, `${type} ${option}`).toMatchObject({ code: 'ERR_OPTION', option });
        if (option === 'multicastHops') continue; // over udp it is for radio and dgram; the others have it for pgm
        expect(error?.message, `${type} ${option}`).not.toMatch(/ is for .* not for /);
      }
    }
  });

  it('says what a misspelt one was meant to be', () => {
    expect(refusal('router', { mandatroy: true })).toMatchObject({
      message: "openSocket('router'): unknown option 'mandatroy'; did you mean 'mandatory'?",
    });
  });

  it('notify is a boolean on stream, a word on router', () => {
    expect(refusal('router', { notify: true })).toMatchObject({ option: 'notify' });
    expect(refusal('stream', { notify: 'both' })).toMatchObject({ option: 'notify' });
    void openSocket('router', { notify: 'both' }).close();
    void openSocket('stream', { notify: false }).close();
  });
});

describe.each(drivers)('on %s', (driver) => {
  it('routingId names a socket, and handover gives the name to the newest', async () => {
    const router = open('router', { driver, handover: true, mandatory: true });
    const endpoint = await bound(router);
    const first = open('dealer', { driver, routingId: 'me' }).connect(endpoint);
    await first.send('1');
    expect(texts(await next(router))).toEqual(['me', '1']);
    const second = open('req', { driver, routingId: new TextEncoder().encode('me') }).connect(endpoint);
    await second.send('2');
    expect(texts(await next(router))).toEqual(['me', '', '2']);
    await router.send(['me', '', 'back']);
    expect(texts(await next(second))).toEqual(['back']);
  });

  it('probeRouter says hello', async () => {
    const router = open('router', { driver });
    open('dealer', { driver, probeRouter: true, routingId: 'it' }).connect(await bound(router));
    expect(texts(await next(router))).toEqual(['it', '']);
  });

  it('relaxed and correlate let a request follow another', async () => {
    const rep = open('rep', { driver });
    const req = open('req', { driver, relaxed: true, correlate: true }).connect(await bound(rep));
    await req.send('first');
    await req.send('second');
    collect(
      rep.messages.pipe(
        map(([word]) => `re ${textOf(word!)}`),
        rep.sink(),
      ),
    );
    expect(texts(await next(req))).toEqual(['re second']);
  });

  it('conflate keeps the newest', async () => {
    const pull = open('pull', { driver, conflate: true });
    const push = open('push', { driver: 'engine' }).connect(await bound(pull));
    const numbers = collect(interval(1).pipe(map(String), push.sink()));
    await numbers.first(20);
    const [newest] = await next(pull);
    expect(Number(textOf(newest!))).toBeGreaterThan(5);
    numbers.unsubscribe();
  });

  it('verbosity says which subscriptions are received', async () => {
    for (const [verbosity, expected] of [
      [null, ['\x01a', '\x01end']],
      ['allSubs', ['\x01a', '\x01a', '\x01end']],
      ['allSubsUnsubs', ['\x01a', '\x01a', '\x00a', '\x01end']],
    ] as const) {
      const xpub = open('xpub', { driver, verbosity });
      const endpoint = await bound(xpub);
      const seen = collect(xpub.messages.pipe(map((parts) => texts(parts)[0]!)));
      open('sub', { driver: 'engine' }).connect(endpoint).subscribe('a');
      await seen.first(1);
      const second = open('sub', { driver: 'engine' }).connect(endpoint).subscribe('a', 'end');
      if (verbosity === 'allSubsUnsubs') {
        await seen.first(3);
        second.unsubscribe('a');
        await seen.first(4);
        expect([...seen.values].sort()).toEqual([...expected].sort());
      } else {
        await seen.first(expected.length);
        expect([...seen.values].sort()).toEqual([...expected].sort());
      }
    }
  });

  it('invertMatching sends what is not asked for, and welcomeMessage comes first', async () => {
    const pub = open('pub', { driver, invertMatching: true });
    const sub = open('sub', { driver, invertMatching: true })
      .connect(await bound(pub))
      .subscribe('no');
    const received = next(sub);
    interval(1)
      .pipe(takeUntil(received))
      .subscribe(() => {
        void pub.send('no thanks');
        void pub.send('yes');
      });
    // before the subscription arrives all is sent, and dropped by the subscriber
    expect(texts(await received)).toEqual(['yes']);

    const xpub = open('xpub', { driver, welcomeMessage: 'welcome' });
    collect(xpub.messages);
    const endpoint = await bound(xpub);
    const welcomed = open('sub', { driver }).subscribe('').connect(endpoint);
    expect(texts(await next(welcomed))).toEqual(['welcome']);
  });

  it('noDrop waits for the slowest subscriber', async () => {
    const endpoint = `inproc://noDrop ${driver}`;
    const xpub = open('xpub', { driver, noDrop: true, sendHighWaterMark: 2 });
    await bound(xpub, endpoint);
    const sub = open('sub', { driver, receiveHighWaterMark: 2 }).connect(endpoint).subscribe('');
    await next(xpub);
    const sends = Array.from({ length: 20 }, (_, n) => xpub.send(String(n)));
    const received = await firstValueFrom(sub.messages.pipe(take(20), map(texts), toArray()));
    expect(received).toEqual(Array.from({ length: 20 }, (_, n) => [String(n)]));
    await Promise.all(sends);
  });

  it('onlyFirstSubscribe and verboseUnsubscribe are xsub’s ways to subscribe', async () => {
    const xpub = open('xpub', { driver: 'engine', verbosity: 'allSubsUnsubs' });
    const seen = collect(xpub.messages.pipe(map(texts)));
    const endpoint = await bound(xpub);
    const xsub = open('xsub', { driver, onlyFirstSubscribe: true, verboseUnsubscribe: true }).connect(endpoint);
    await xsub.send('\x01hello');
    await seen.first(1);
    for (const change of ['\x01a', '\x01a', '\x00a', '\x00a']) await xsub.send(change);
    await xsub.send(['first', '\x01no topic']);
    await seen.first(6);
    expect(seen.values.at(-1)).toEqual(['first', '\x01no topic']);
  });

  it('maxMessageBytes, handshakeTimeoutMs and reconnect', async () => {
    const statuses = new Statuses();
    const pull = open('pull', { driver, maxMessageBytes: 100, status: statuses });
    const push = open('push', { driver: 'engine', reconnect: false }).connect(await bound(pull));
    const told = new Statuses();
    push.status.subscribe(told);
    await push.send(new Uint8Array(101));
    await told.first('disconnected');
    expect(told.all.some(({ kind }) => kind === 'retrying')).toBe(false);
    const silent = open('stream', { driver: 'engine' }).connect(
      await bound(open('pull', { driver, handshakeTimeoutMs: 20, status: statuses })),
    );
    await statuses.first('handshakeFailed');
    await silent.close();
  });
});
