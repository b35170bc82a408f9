import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadCurvePrimitives } from '../../../src/engine/carriers/node/curvePrimitives.js';
import type { CurvePrimitives } from '../../../src/engine/zmtp/Cipher.js';
import type { Credentials } from '../../../src/driver/DriverSecurity.js';
import {
  Side,
  commandFrame,
  greetingOf,
  hexOf,
  joinedBytes,
  latin,
  meet,
  property,
  readyWith,
  recordedKeys,
} from './Side.js';

let curve: CurvePrimitives;
beforeAll(async () => void (curve = await loadCurvePrimitives()));

const keys = recordedKeys();
const clientKeys = { publicKey: keys['C_public']!, secretKey: keys['c_secret']! };
const serverKey = keys['S_public']!;
const nul = '\0'.repeat(32);

const client = (primitives = curve, security = {}, settings = {}) =>
  new Side({
    socketType: 'PUSH',
    security: { mechanism: 'curve', serverKey, ...clientKeys, ...security },
    curve: primitives,
    ...settings,
  });
const server = (primitives = curve, security = {}, settings = {}) =>
  new Side({
    security: { mechanism: 'curve', secretKey: keys['s_secret']!, ...security },
    curve: primitives,
    ...settings,
  });

/** Primitives that change what goes into boxes of one use. */
function altering(use: string, change: (text: Uint8Array) => void): CurvePrimitives {
  const seal = (key: Uint8Array, nonce: Uint8Array, text: Uint8Array) => {
    const altered = text.slice();
    if (hexOf(nonce).startsWith(hexOf(latin(use)))) change(altered);
    return curve.seal(key, nonce, altered);
  };
  return {
    randomBytes: (count) => curve.randomBytes(count),
    keyPair: () => curve.keyPair(),
    publicKey: (key) => curve.publicKey(key),
    sharedKey: (secretKey, publicKey) => curve.sharedKey(secretKey, publicKey),
    seal,
    open: (key, nonce, box) => curve.open(key, nonce, box),
  };
}

/** Lets them meet, with the first command of one that begins so changed on its way. */
function meetChanging(one: Side, other: Side, name: string, change: (body: Uint8Array) => Uint8Array | void): void {
  const queue: (readonly [Side, Uint8Array])[] = [];
  let changed = 0;
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.send = function (bytes) {
      this.sent.push(bytes);
      const body = bytes.slice(bytes[0] === 6 ? 9 : 2);
      if (hexOf(body).startsWith(hexOf(latin(name))) && (changed += 1) === 1) {
        queue.push([to, commandFrame(change(body) ?? body)]);
      } else queue.push([to, bytes]);
    };
    for (const bytes of from.sent) queue.push([to, bytes]);
  }
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) next[0].feed(next[1]);
  expect(changed).toBeGreaterThan(0);
}

const flip = (at: number) => (body: Uint8Array) => void (body[at < 0 ? body.length + at : at]! ^= 1);
const longer = (body: Uint8Array) => joinedBytes(body, Uint8Array.of(0));
const shorter = (body: Uint8Array) => body.subarray(0, -1);

describe('CURVE', () => {
  it('lets two of ours meet, and asks who the client is', () => {
    const asked: Credentials[] = [];
    const authenticate = (who: Credentials) => {
      asked.push(who);
      return 'alice';
    };
    const one = client(
      curve,
      {},
      { socketType: 'DEALER', identity: latin('me'), properties: new Map([['X-A', latin('1')]]) },
    );
    const other = server(curve, { authenticate }, { socketType: 'ROUTER' });
    meet(one, other);

    expect(asked).toEqual([{ mechanism: 'curve', address: '127.0.0.1', publicKey: clientKeys.publicKey }]);
    expect(other.peer).toMatchObject({ version: 3.1, socketType: 'DEALER', identity: latin('me'), userId: 'alice' });
    expect(other.peer.properties.get('X-A')).toEqual(latin('1'));
    expect(one.peer).toMatchObject({ version: 3.1, socketType: 'ROUTER', identity: latin('') });
    expect([one.late, other.late, one.traffic, other.traffic]).toEqual([0, 0, '', '']);
  });

  it('lets anybody in where nobody is to be asked', () => {
    const other = server();
    meet(client(), other);

    expect(other.peer).toMatchObject({ socketType: 'PUSH', userId: undefined });
  });

  it('refuses a client with an ERROR where the answer is no', () => {
    const one = client();
    const other = server(curve, { authenticate: () => false });
    meet(one, other);

    expect(one.failure).toEqual({ reason: "the peer refused us: '400'", refused: true });
    expect(other.failure).toEqual({ reason: 'authenticate refused the peer', refused: true });
  });

  it('asks only who has proved who it is, and talks to us', () => {
    const authenticate = vi.fn(() => true);
    for (const [one, name] of [
      [client(curve, {}, { socketType: 'SUB' }), 'PULL'],
      [client(altering('VOUCH---', flip(0))), 'PULL'],
    ] as const) {
      meet(one, server(curve, { authenticate }, { socketType: name }));
    }

    expect(authenticate).not.toHaveBeenCalled();
  });

  it('makes other keys and boxes each time', () => {
    const sides = [0, 1].map(() => {
      const pair = [client(), server()] as const;
      meet(...pair);
      return pair.map(({ said }) => said.slice(128 + 170));
    });

    expect(sides[0]![0]).not.toBe(sides[1]![0]);
    expect(sides[0]![1]).not.toBe(sides[1]![1]);
  });

  it('thinks as long as its authenticator does, and keeps what came meanwhile', async () => {
    let settle!: (answer: boolean) => void;
    const one = client();
    const other = server(curve, { authenticate: () => new Promise((resolve) => (settle = resolve)) });
    meet(one, other);
    expect([one.outcome, other.outcome]).toEqual([undefined, undefined]);
    other.feed(latin('traffic'));
    settle(true);
    await other.ended();
    meet(one, other);

    expect(other.outcome).toMatchObject({ kind: 'done', early: hexOf(latin('traffic')) });
    expect(one.peer.socketType).toBe('PULL');
  });

  it.each([
    ['server key', () => client(curve, { serverKey: new Uint8Array(31) })],
    ['public key', () => client(curve, { publicKey: new Uint8Array(31) })],
    ['secret key', () => client(curve, { secretKey: new Uint8Array(31) })],
    ['secret key', () => server(curve, { secretKey: new Uint8Array(31) })],
  ])('fails where our %s is none', (what, side) => {
    expect(side().feed(greetingOf('CURVE')).failure).toEqual({
      reason: `our ${what} has 31 bytes: keys have 32`,
      refused: false,
    });
  });

  it('fails where it was given no primitives', () => {
    for (const side of [client(undefined, {}, { curve: undefined }), server(undefined, {}, { curve: undefined })]) {
      expect(side.feed(greetingOf('CURVE')).failure.reason).toBe('CURVE needs its primitives, which were not given');
    }
  });

  it('does not let two clients meet, and leaves two servers waiting', () => {
    const clients = [client(), client()] as const;
    meet(...clients);
    expect(clients.map(({ failure }) => failure.reason)).toContain("expected WELCOME, got 'HELLO'");

    const servers = [server(), server()] as const;
    meet(...servers);
    expect(servers.map(({ outcome }) => outcome)).toEqual([undefined, undefined]);
  });
});

const notOpened = (what: string) => `${what} could not be opened: another key made it, or it was changed`;

describe('the server of CURVE', () => {
  it.each([
    ['a HELLO that is too long', '\x05HELLO', longer, 'HELLO of 201 bytes: 200 were expected'],
    ['a HELLO that is too short', '\x05HELLO', shorter, 'HELLO of 199 bytes: 200 were expected'],
    ['a HELLO of another version', '\x05HELLO', flip(6), 'a HELLO of CURVE 0.0: we speak 1.0'],
    ['a HELLO of a later version', '\x05HELLO', flip(7), 'a HELLO of CURVE 1.1: we speak 1.0'],
    ['a HELLO with another key', '\x05HELLO', flip(80), notOpened('HELLO')],
    ['a HELLO with another nonce', '\x05HELLO', flip(119), notOpened('HELLO')],
    ['a HELLO with another box', '\x05HELLO', flip(-1), notOpened('HELLO')],
    [
      'a HELLO with a key of low order',
      '\x05HELLO',
      (body: Uint8Array) => void body.fill(0, 80, 112),
      'a public key of low order',
    ],
    [
      'an INITIATE that is too short',
      '\x08INITIATE',
      (body: Uint8Array) => body.subarray(0, 256),
      'INITIATE of 256 bytes: at least 257 were expected',
    ],
    ['an INITIATE with another cookie', '\x08INITIATE', flip(9), 'an INITIATE with a cookie that is not ours'],
    [
      'an INITIATE with the end of another cookie',
      '\x08INITIATE',
      flip(104),
      'an INITIATE with a cookie that is not ours',
    ],
    [
      'an INITIATE whose nonce is HELLO’s',
      '\x08INITIATE',
      (body: Uint8Array) => void (body[112] = 1),
      'an INITIATE whose nonce does not count on',
    ],
    ['an INITIATE with another nonce', '\x08INITIATE', flip(105), notOpened('INITIATE')],
    ['an INITIATE with another box', '\x08INITIATE', flip(-1), notOpened('INITIATE')],
    ['HELLO twice', '\x08INITIATE', () => latin(`\x05HELLO${'\0'.repeat(194)}`), "expected INITIATE, got 'HELLO'"],
    ['READY first', '\x05HELLO', () => latin(readyWith()), "expected HELLO, got 'READY'"],
    ['a MESSAGE first', '\x05HELLO', () => latin(`\x07MESSAGE${nul}`), "expected HELLO, got 'MESSAGE'"],
  ])('refuses %s', (_what, name, change, reason) => {
    const other = server();
    meetChanging(client(), other, name, change);

    expect(other.failure).toEqual({ reason, refused: false });
    expect(other.late).toBe(0);
  });

  it.each([
    ['a vouch that no key of its own made', 'CurveZMQINITIATE', flip(0), notOpened("INITIATE's vouch")],
    ['a vouch with another nonce', 'CurveZMQINITIATE', flip(32), notOpened("INITIATE's vouch")],
    ['a vouch with another box', 'CurveZMQINITIATE', flip(127), notOpened("INITIATE's vouch")],
    [
      'a vouch for another connection',
      'VOUCH---',
      flip(0),
      'an INITIATE that vouches for the key of another connection',
    ],
    ['a vouch for another server', 'VOUCH---', flip(63), 'an INITIATE that vouches for another server'],
    ['malformed metadata', 'CurveZMQINITIATE', (text: Uint8Array) => void (text[128] = 255), /^malformed metadata/],
    [
      'a key of low order',
      'CurveZMQINITIATE',
      (text: Uint8Array) => void text.fill(0, 0, 32),
      'a public key of low order',
    ],
  ])('refuses %s', (_what, use, change, reason) => {
    const authenticate = vi.fn(() => true);
    const other = server(curve, { authenticate });
    meet(client(altering(use, change)), other);

    expect(other.failure.reason).toMatch(reason);
    expect(other.failure.refused).toBe(false);
    expect(authenticate).not.toHaveBeenCalled();
  });

  it('refuses a client that means another server', () => {
    const other = server();
    meet(client(curve, { serverKey: curve.keyPair().publicKey }), other);

    expect(other.failure.reason).toBe(notOpened('HELLO'));
  });

  it('refuses an INITIATE of another connection, which is whole and well', () => {
    const recorded = client();
    meet(recorded, server());
    const initiate = recorded.sent.at(-1)!;
    const other = server();
    meetChanging(client(), other, '\x08INITIATE', () => initiate.slice(9));

    expect(other.failure.reason).toBe('an INITIATE with a cookie that is not ours');
  });

  it('refuses a type that ours does not talk to, without a word', () => {
    const other = server();
    meet(client(curve, {}, { socketType: 'SUB' }), other);

    expect(other.failure).toEqual({ reason: "a PULL socket does not talk to one of type 'SUB'", refused: false });
    expect(other.sent).toHaveLength(4); // three parts of its greeting and WELCOME
  });

  it('takes a key that does not belong to the secret for what it is: not proved', () => {
    const other = server();
    meet(client(curve, { publicKey: curve.keyPair().publicKey }), other);

    expect(other.failure.reason).toBe(notOpened("INITIATE's vouch"));
  });
});

describe('the client of CURVE', () => {
  it.each([
    ['a WELCOME that is too long', '\x07WELCOME', longer, 'WELCOME of 169 bytes: 168 were expected'],
    ['a WELCOME that is too short', '\x07WELCOME', shorter, 'WELCOME of 167 bytes: 168 were expected'],
    ['a WELCOME with another nonce', '\x07WELCOME', flip(8), notOpened('WELCOME')],
    ['a WELCOME with another box', '\x07WELCOME', flip(-1), notOpened('WELCOME')],
    ['READY first', '\x07WELCOME', () => latin(readyWith()), "expected WELCOME, got 'READY'"],
    [
      'a READY that is too short',
      '\x05READY',
      (body: Uint8Array) => body.subarray(0, 29),
      'READY of 29 bytes: at least 30 were expected',
    ],
    [
      'a READY in the clear',
      '\x05READY',
      () => latin(readyWith(property('Socket-Type', 'PULL'), property('X-Long', 'long enough'))),
      notOpened('READY'),
    ],
    ['a READY with another nonce', '\x05READY', flip(13), notOpened('READY')],
    ['a READY with another box', '\x05READY', flip(-1), notOpened('READY')],
    ['WELCOME twice', '\x05READY', () => latin(`\x07WELCOME${'\0'.repeat(160)}`), "expected READY, got 'WELCOME'"],
    ['an ERROR that is cut off', '\x05READY', () => latin('\x05ERROR\x09400'), 'a malformed ERROR of 10 bytes'],
  ])('refuses %s', (_what, name, change, reason) => {
    const one = client();
    meetChanging(one, server(), name, change);

    expect(one.failure).toEqual({ reason, refused: false });
    expect(one.late).toBe(0);
  });

  it.each([
    ['a key of low order', 'WELCOME-', (text: Uint8Array) => void text.fill(0, 0, 32), 'a public key of low order'],
    ['malformed metadata', 'CurveZMQREADY---', (text: Uint8Array) => void (text[0] = 255), /^malformed metadata/],
  ])('refuses %s', (_what, use, change, reason) => {
    const one = client();
    meet(one, server(altering(use, change)));

    expect(one.failure.reason).toMatch(reason);
  });

  it('refuses a type that ours does not talk to', () => {
    const one = client();
    meet(one, server(altering('CurveZMQREADY---', (text) => void (text[text.length - 1] = 0x53))));

    expect(one.failure).toEqual({ reason: "a PUSH socket does not talk to one of type 'PULS'", refused: false });
  });

  it.each(['\x07WELCOME', '\x05READY'])('knows an ERROR in place of %j', (name) => {
    const one = client();
    meetChanging(one, server(), name, () => latin('\x05ERROR\x03400'));

    expect(one.failure).toEqual({ reason: "the peer refused us: '400'", refused: true });
  });
});
