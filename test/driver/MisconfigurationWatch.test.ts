import { once } from 'node:events';
import { createServer } from 'node:net';
import { Worker } from 'node:worker_threads';
import { concat, ignoreElements, mergeMap, NEVER, of, takeUntil, timer } from 'rxjs';
import { curveKeyPair, fromPull, fromSub, openSocket, request, toPub, toPush } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { Statuses } from '../helpers/Statuses.js';

// Without an observer of its statuses, a socket warns once about what will not mend itself.

const anyPort = 'tcp://127.0.0.1:*';
const INSTEAD = "Option 'status' reports this in place of the warning";

/** Resolves to the first warning whose text begins like that. */
async function warning(begin: string): Promise<string> {
  return new Promise((resolve) => {
    const hear = ({ name, message }: Error): void => {
      if (name === 'RxZmqWarning' && message.startsWith(begin)) resolve(message);
    };
    process.on('warning', hear);
    onTestFinished(() => void process.off('warning', hear));
  });
}

/** The real endpoint of a socket that stays until the test ends. */
async function bound(open: (statuses: Statuses) => void): Promise<string> {
  const statuses = new Statuses();
  open(statuses);
  return statuses.endpoint();
}

describe('a handshake that fails for a lasting reason', () => {
  it('because of the socket types names both functions', async () => {
    const endpoint = await bound((status) => collect(NEVER.pipe(toPub(anyPort, { status }))));
    const heard = warning('fromPull ');
    collect(fromPull(endpoint));
    expect(await heard).toBe(
      `fromPull ${endpoint}: the handshake fails each time: a PULL socket does not talk to one of type 'PUB'. ` +
        `Pair fromSub with toPub, fromPull with toPush, and request with reply. ${INSTEAD}`,
    );
  });

  it('because of the mechanism says what each side has', async () => {
    const { secretKey } = curveKeyPair();
    const security = { mechanism: 'curve', secretKey } as const;
    const endpoint = await bound((status) => collect(NEVER.pipe(toPush(anyPort, { security, status }))));
    const heard = warning('fromPull ');
    collect(fromPull(endpoint));
    const text = await heard;
    expect(text).toContain("the peer's security is 'CURVE', ours is NULL");
    expect(text).toContain("Option 'security' must have the same mechanism on both sides");
  });

  it('because of the key', async () => {
    const security = { mechanism: 'curve', secretKey: curveKeyPair().secretKey } as const;
    const endpoint = await bound((status) => collect(NEVER.pipe(toPush(anyPort, { security, status }))));
    const heard = warning('fromPull ');
    const client = { mechanism: 'curve', serverKey: curveKeyPair().publicKey } as const;
    collect(fromPull(endpoint, { security: client, reconnect: { initialMs: 1, maxMs: 1 } }));
    expect(await heard).toMatch(/the handshake fails each time: .*\. Option 'security' must have/);
  });

  it('because another protocol is spoken there', async () => {
    const server = createServer((socket) =>
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    server.listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const endpoint = `tcp://127.0.0.1:${(server.address() as { port: number }).port}`;
    const heard = warning('fromSub ');
    collect(fromSub(endpoint));
    expect(await heard).toMatch(/the handshake fails each time: the peer speaks no ZMTP .*HTTP.*Check host and port/);
  });

  it('of openSocket, too, unless somebody follows its statuses', async () => {
    const endpoint = await bound((status) => collect(NEVER.pipe(toPub(anyPort, { status }))));
    const heard = warning(`openSocket('pull') ${endpoint}`);
    const silent = openSocket('dealer');
    const statuses = new Statuses();
    const subscription = silent.status.subscribe(statuses.next);
    silent.connect(endpoint);
    const texts = heardWarnings();
    await statuses.first('handshakeFailed');
    const socket = openSocket('pull').connect(endpoint);
    expect(await heard).toContain('the handshake fails each time');
    expect(texts.texts.filter((text) => text.includes('dealer'))).toEqual([]);
    subscription.unsubscribe();
    await Promise.all([socket.close(), silent.close()]);
  });

  it('is said once in a process, and not where an observer is told', async () => {
    const endpoint = await bound((status) => collect(NEVER.pipe(toPub(anyPort, { status }))));
    const heard = heardWarnings();
    const first = warning(`fromPull ${endpoint}`);
    collect(fromPull(endpoint));
    await first;
    const statuses = new Statuses();
    collect(fromPull(endpoint, { reconnect: { initialMs: 1, maxMs: 1 }, status: statuses }));
    collect(fromPull(endpoint, { reconnect: { initialMs: 1, maxMs: 1 } }));
    await statuses.nth('handshakeFailed', 3);
    await heard.settled();
    expect(heard.texts.filter((text) => text.includes(endpoint))).toHaveLength(1);
  });

  it('is not said of a peer that authenticate or an address list refuses', async () => {
    const heard = heardWarnings();
    const statuses = new Statuses();
    let endpoint = '';
    const told = openSocket('push', { security: { mechanism: 'null', authenticate: () => false } });
    onTestFinished(() => told.close());
    [endpoint = ''] = await told.bind(anyPort).opened;
    collect(fromPull(endpoint, { status: statuses }));
    await statuses.first('handshakeFailed');
    await heard.settled();
    expect(heard.texts.filter((text) => text.startsWith("openSocket('push')"))).toEqual([]);
  });
});

describe('in virtual time', () => {
  it.each(['tcp://watch-both:1', 'ipc:///watch-both'])(
    'two sides that both connect to %s hear it after 5 s',
    async (endpoint) => {
      const heard = heardWarnings();
      virtualTime(({ run }) => {
        run(fromPull(endpoint).pipe(takeUntil(timer(4900))));
        run(concat(of(new Float32Array(2)), NEVER).pipe(toPush(endpoint, { bind: false }), takeUntil(timer(4900))));
      });
      await heard.settled();
      expect(heard.texts).toEqual([]);
      virtualTime(({ run }) => {
        run(fromPull(endpoint).pipe(takeUntil(timer(9000))));
        run(concat(of(new Float32Array(2)), NEVER).pipe(toPush(endpoint, { bind: false }), takeUntil(timer(9000))));
      });
      await heard.settled();
      const says = `${endpoint}: no peer has answered for 5 s. If the peer connects as well, neither side listens: give one of them bind: true. ${INSTEAD}`;
      expect(heard.texts).toEqual([`fromPull ${says}`, `toPush ${says}`]);
    },
  );

  it('inproc that meets nobody hears it after 5 s', async () => {
    const heard = heardWarnings();
    virtualTime(({ run }) => run(fromPull('inproc://watch-nobody').pipe(takeUntil(timer(4999)))));
    await heard.settled();
    expect(heard.texts).toEqual([]);
    virtualTime(({ run }) => run(fromPull('inproc://watch-nobody').pipe(takeUntil(timer(5001)))));
    await heard.settled();
    expect(heard.texts).toEqual([
      'fromPull inproc://watch-nobody: no socket has bound this name for 5 s. One side must bind it (bind: true), ' +
        `in the same thread and with the same driver. ${INSTEAD}`,
    ]);
  });

  it('a peer that comes late, or goes away for long, is no fault', async () => {
    const heard = heardWarnings();
    virtualTime(({ run }) => {
      for (const endpoint of ['tcp://watch-late:1', 'inproc://watch-late']) {
        run(fromPull(endpoint).pipe(takeUntil(timer(20_000))));
        const late = timer(4000).pipe(mergeMap(() => NEVER.pipe(toPush(endpoint))));
        run(late.pipe(takeUntil(timer(6000)))); // then it goes, and does not come back
      }
    });
    await heard.settled();
    expect(heard.texts).toEqual([]);
  });

  it('nothing is said where an observer is told', async () => {
    const heard = heardWarnings();
    virtualTime(({ run }) => {
      for (const endpoint of ['tcp://watch-observed:1', 'inproc://watch-observed']) {
        run(fromPull(endpoint, { status: () => undefined }).pipe(takeUntil(timer(20_000))));
      }
    });
    await heard.settled();
    expect(heard.texts).toEqual([]);
  });
});

it('inproc between threads says that it cannot', async () => {
  const program = JSON.stringify(new URL('./programs/binds.ts', import.meta.url));
  // a worker thread does not inherit the loader of TypeScript
  const start = `import('tsx/esm/api').then(({ register }) => (register(), import(${program})));`;
  const worker = new Worker(start, { eval: true });
  onTestFinished(async () => void (await worker.terminate()));
  await once(worker, 'message');
  const heard = warning('fromPull inproc://watch-threads: the name is bound in another thread');
  collect(fromPull('inproc://watch-threads'));
  expect(await heard).toContain('which inproc does not reach: use tcp or ipc between threads');
});

describe('toPub', () => {
  const frame = new Float32Array(2);
  const REMEDY =
    'waitForSubscribers: 1 keeps frames until somebody has subscribed; waitForSubscribers: 0 says that they may be lost';

  it('says nothing before it can tell', async () => {
    const heard = heardWarnings();
    virtualTime(({ run }) => run(concat(of(frame), NEVER).pipe(toPub('inproc://watch-first'), takeUntil(timer(4900)))));
    await heard.settled();
    expect(heard.texts).toEqual([]);
  });

  it.each([
    ['when the first subscriber comes', 'the first frames were dropped, because nobody had subscribed yet'],
    ['when it completes without any', 'all frames were dropped, because nobody has subscribed'],
    ['after 5 s without any', 'nobody has subscribed for 5 s, and all frames were dropped'],
  ])('says it %s', async (when, says) => {
    const heard = heardWarnings();
    const name = `inproc://watch-pub-${when.length}`;
    const input = when.includes('completes') ? of(frame) : concat(of(frame), NEVER);
    virtualTime(({ run }) => {
      run(input.pipe(toPub(name), takeUntil(timer(5001))));
      if (when.includes('subscriber'))
        run(
          timer(50).pipe(
            mergeMap(() => fromSub(name)),
            takeUntil(timer(5001)),
          ),
        );
    });
    await heard.settled();
    expect(heard.texts).toEqual([`toPub ${name}: ${says}. ${REMEDY}. ${INSTEAD}`]);
  });

  it.each([
    ['waitForSubscribers: 1', { waitForSubscribers: 1 }],
    ['waitForSubscribers: 0', { waitForSubscribers: 0 }],
    ['noDrop', { noDrop: true }],
    ['status', { status: () => undefined }],
  ])('says nothing with %s', async (_, options) => {
    const heard = heardWarnings();
    virtualTime(({ run }) =>
      run(concat(of(frame), NEVER).pipe(toPub('inproc://watch-quiet', options), takeUntil(timer(10_000)))),
    );
    await heard.settled();
    expect(heard.texts).toEqual([]);
  });

  it('says nothing if the subscriber is there first', async () => {
    const heard = heardWarnings();
    virtualTime(({ run }) => {
      run(fromSub('inproc://watch-there').pipe(takeUntil(timer(10_000))));
      const late = concat(timer(100).pipe(ignoreElements()), of(frame), NEVER);
      run(late.pipe(toPub('inproc://watch-there'), takeUntil(timer(10_000))));
    });
    await heard.settled();
    expect(heard.texts).toEqual([]);
  });
});

it('request says it too', async () => {
  const heard = heardWarnings();
  virtualTime(({ run }) => {
    const asked = concat(of(new Float32Array(2)), NEVER).pipe(request('tcp://watch-request:1', { timeoutMs: 60_000 }));
    run(asked.pipe(takeUntil(timer(9000))));
  });
  await heard.settled();
  expect(heard.texts).toMatchObject([expect.stringMatching(/^request tcp:\/\/watch-request:1: no peer has answered/)]);
});
