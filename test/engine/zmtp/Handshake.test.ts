import { afterEach, describe, expect, it, vi } from 'vitest';
import { MAX_HANDSHAKE_BYTES } from '../../../src/engine/zmtp/Handshake.js';
import {
  Side,
  bytesOf,
  commandFrame,
  cuts,
  greetingOf,
  hexOf,
  joinedBytes,
  latin,
  property,
  readyWith,
} from './Side.js';

const SIGNATURE = 'ff00000000000000017f';
const REVISION = '03';
const REST = `01${hexOf(latin('NULL')).padEnd(40, '0')}${'00'.repeat(32)}`;
const PUSH_READY = commandFrame(readyWith(property('Socket-Type', 'PUSH')));
const PULL_READY = hexOf(commandFrame(readyWith(property('Socket-Type', 'PULL'))));

/** A side that has had a greeting of NULL, and then these bytes. */
const afterGreeting = (bytes: Uint8Array, lengths: readonly number[] = []) =>
  new Side().feed(joinedBytes(greetingOf('NULL'), bytes), lengths);

describe('the greeting', () => {
  it('goes out in stages, each as soon as the peer has sent enough for it', () => {
    const side = new Side();
    const greeting = greetingOf('NULL');
    const stages: number[] = [];
    expect(side.said).toBe(SIGNATURE);
    for (let at = 0; at < greeting.length; at += 1) {
      const before = side.said;
      side.feed(greeting.subarray(at, at + 1));
      if (side.said !== before) stages.push(at + 1, (side.said.length - before.length) / 2);
    }

    expect(stages).toEqual([10, 1, 11, 53, 64, PULL_READY.length / 2]);
    expect(side.said).toBe(SIGNATURE + REVISION + REST + PULL_READY);
  });

  it('counts the routing id in the signature, as libzmq does', () => {
    expect(new Side({ identity: new Uint8Array(300) }).said).toBe('ff000000000000012d7f');
  });

  it('does not mind the eight bytes in the middle of a signature, nor as-server and what fills up', () => {
    const greeting = greetingOf('NULL').fill(0xee, 1, 9).fill(0xee, 32);
    greeting[9] = 0x01;

    expect(new Side().feed(joinedBytes(greeting, PUSH_READY)).peer.socketType).toBe('PUSH');
  });

  it.each([
    [3, 0, 3],
    [3, 1, 3.1],
    [3, 255, 3.1],
    [2, 0, 3.1],
    [4, 0, 3.1],
    [255, 255, 3.1],
  ])('of version %i.%i makes a connection of ZMTP %d', (major, minor, version) => {
    const greeting = greetingOf('NULL', minor);
    greeting[10] = major;

    expect(new Side().feed(joinedBytes(greeting, PUSH_READY)).peer.version).toBe(version);
  });

  it.each([
    ['PLAIN', "the peer's security is 'PLAIN', ours is NULL"],
    ['', "the peer's security is nothing, ours is NULL"],
    ['null', "the peer's security is 'null', ours is NULL"],
    ['NULL\0X', "the peer's security is 'NULL\\x00X', ours is NULL"],
    ['NULLNULLNULLNULLNULL', "the peer's security is 'NULLNULLNULLNULLNULL', ours is NULL"],
  ])('with the mechanism %j is refused without a command', (mechanism, reason) => {
    const side = new Side().feed(greetingOf(mechanism));

    expect(side.failure).toEqual({ reason, refused: false });
    expect(side.said).toBe(SIGNATURE + REVISION + REST);
  });

  it.each([
    ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', "'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'"],
    ['SSH-2.0-OpenSSH_9.6', "'SSH-2.0-OpenSSH_9.6'"],
    ['\x16\x03\x01', '16 03 01'],
    ['\x01\0', '01 00'],
    ['\xff\0\0\0\0\0\0\0\x01\x7e', 'ff 00 00 00 00 00 00 00 01 7e'],
  ])('that is none, %j, is refused with what came', (text, shown) => {
    const { reason, refused } = new Side().feed(latin(text)).failure;

    expect(reason).toBe(`the peer speaks no ZMTP from 2.0 up: it began with ${shown}`);
    expect(refused).toBe(false);
  });

  it('is given up at the first byte that is wrong', () => {
    expect(new Side().feed(latin('G')).failure.reason).toBe("the peer speaks no ZMTP from 2.0 up: it began with 'G'");
    expect(new Side().feed(bytesOf('ff 00 00 00 00 00 00 00 01')).outcome).toBeUndefined();
  });

  it('of ZMTP 1.0 that is versioned is refused', () => {
    expect(new Side().feed(bytesOf(`${SIGNATURE} 00 05`)).failure).toEqual({
      reason: 'the peer speaks ZMTP 1.0: 2.0 is the least',
      refused: false,
    });
  });

  it('fits in wherever it is cut', () => {
    for (const [, lengths] of cuts) {
      const side = new Side().feed(joinedBytes(greetingOf('NULL'), PUSH_READY, bytesOf('00026869')), lengths);
      expect(side.peer.socketType).toBe('PUSH');
      expect(side.traffic).toBe('00026869');
    }
  });
});

describe('ZMTP 2.0', () => {
  const greeting = (type: string) => bytesOf(`${SIGNATURE} 01 ${type}`);

  it('knows the peer by the number of its socket type and a frame', () => {
    const side = new Side({ socketType: 'DEALER', identity: latin('me') });
    side.feed(joinedBytes(greeting('06'), bytesOf('00 04'), latin('them'), bytesOf('0001ff')));

    expect(side.said).toBe('ff00000000000000037f' + '03' + '05' + '00026d65');
    expect(side.peer).toMatchObject({ version: 2, socketType: 'ROUTER', identity: latin('them') });
    expect(side.traffic).toBe('0001ff');
  });

  it('takes an empty identity, and one in a long frame', () => {
    expect(new Side().feed(joinedBytes(greeting('08'), bytesOf('0000'))).peer.identity).toHaveLength(0);
    const long = joinedBytes(greeting('08'), bytesOf('02 0000000000000003'), latin('abc'));
    expect(new Side().feed(long).peer.identity).toEqual(latin('abc'));
  });

  it('answers as soon as the revision is there', () => {
    expect(new Side().feed(bytesOf(`${SIGNATURE} 01`)).said).toBe(`${SIGNATURE}03070000`);
  });

  it.each([
    ['01', "a PULL socket does not talk to one of type 'PUB'"],
    ['63', "the peer's socket type has the number 99, which is none"],
  ])('is refused with the socket type %s', (type, reason) => {
    expect(new Side().feed(greeting(type)).failure).toEqual({ reason, refused: false });
  });

  it.each([
    ['NULL', { mechanism: 'null', authenticate: () => true }],
    ['PLAIN', { mechanism: 'plain', username: 'a', password: 'b' }],
  ] as const)('is refused where there is security, even %s', (name, security) => {
    const side = new Side({ security }).feed(greeting('08'));

    expect(side.failure).toEqual({
      reason: `the peer speaks ZMTP 2.0, which has no security: ours is ${name}`,
      refused: false,
    });
    expect(side.said).toBe(`${SIGNATURE}03`);
  });

  it('is refused for a type that it has no number for', () => {
    expect(new Side({ socketType: 'NONE' }).feed(greeting('08')).failure.reason).toBe(
      'the peer speaks ZMTP 2.0, which has no NONE sockets',
    );
  });
});

describe('a command of a handshake', () => {
  it.each(['04', '00', '05', 'fc'])('may come in a short frame with the flags %s', (flags) => {
    const body = PUSH_READY.subarray(2);

    expect(afterGreeting(joinedBytes(bytesOf(flags), Uint8Array.of(body.length), body)).peer.socketType).toBe('PUSH');
  });

  it('may come in a long frame though it is short', () => {
    const body = PUSH_READY.subarray(2);
    const frame = joinedBytes(bytesOf('06 00000000000000'), Uint8Array.of(body.length), body);

    for (const [, lengths] of cuts) expect(afterGreeting(frame, lengths).peer.socketType).toBe('PUSH');
  });

  it.each(['ffffffffffffffff', '8000000000000000', '0000000100000000', '0000000000010001'])(
    'that announces %s bytes is refused before it is there',
    (length) => {
      const side = afterGreeting(bytesOf(`06 ${length}`));

      expect(side.failure).toEqual({
        reason: `a handshake command of ${Number(`0x${length}`)} bytes: at most 65536`,
        refused: false,
      });
    },
  );

  it('may have the most bytes there can be', () => {
    const start = readyWith(property('Socket-Type', 'PUSH'));
    const filler = property('X-Fill', 'x'.repeat(MAX_HANDSHAKE_BYTES - start.length - 11));
    const body = latin(start + filler);
    expect(body).toHaveLength(MAX_HANDSHAKE_BYTES);

    const side = afterGreeting(joinedBytes(bytesOf('06 0000000000010000'), body), [64, 9, 1, 30_000]);
    expect(side.peer.properties.get('X-Fill')).toHaveLength(MAX_HANDSHAKE_BYTES - start.length - 11);
  });

  it.each([
    ['nothing', bytesOf('0400'), 'expected READY, got nothing'],
    ['a message', commandFrame('hello'), "expected READY, got 'hello'"],
    ['PING', commandFrame('\x04PING\0\x01'), "expected READY, got 'PING'"],
    ['one that is unknown', commandFrame('\x05BOGUS and so on'), "expected READY, got 'BOGUS'"],
    ['one whose name is longer than it', commandFrame('\xffREADY'), "expected READY, got '\\xffREADY'"],
    ['one without a name', commandFrame('\0READY'), "expected READY, got '\\x00READY'"],
    ['HELLO', commandFrame('\x05HELLO\0\0'), "expected READY, got 'HELLO'"],
  ])('that is %s instead of READY is refused', (_what, frame, reason) => {
    for (const [, lengths] of cuts) expect(afterGreeting(frame, lengths).failure).toEqual({ reason, refused: false });
  });
});

describe('an ERROR', () => {
  it.each([
    ['400', "the peer refused us: '400'"],
    ['', 'the peer refused us: nothing'],
    ['\x1b[2J', "the peer refused us: '\\x1b[2J'"],
    ['\0\x01\xff', 'the peer refused us: 00 01 ff'],
    ['x'.repeat(255), `the peer refused us: '${'x'.repeat(32)}'...`],
  ])('is a refusal, with its reason %j', (text, reason) => {
    const side = afterGreeting(commandFrame(`\x05ERROR${String.fromCharCode(text.length)}${text}`));

    expect(side.failure).toEqual({ reason, refused: true });
  });

  it.each(['\x05ERROR', '\x05ERROR\x04400', '\x05ERROR\xff'])('that is cut off, %j, is none', (body) => {
    expect(afterGreeting(commandFrame(body)).failure).toEqual({
      reason: `a malformed ERROR of ${body.length} bytes`,
      refused: false,
    });
  });

  it('as libzmq misspells it under PLAIN is known there alone', () => {
    expect(afterGreeting(commandFrame('^RROR\x03400')).failure.refused).toBe(false);
  });
});

describe('the end', () => {
  it('is the last thing that is heard, whatever comes then', () => {
    const done = afterGreeting(PUSH_READY);
    const failed = new Side().feed(latin('GET'));
    for (const side of [done, failed]) {
      const { said, outcome } = side;
      expect(side.handshake.feed(PUSH_READY)).toBe(0);
      side.handshake.close();
      expect(side.handshake.feed(PUSH_READY)).toBe(0);
      expect({ said: side.said, outcome: side.outcome, late: side.late }).toEqual({ said, outcome, late: 0 });
    }
  });

  it('may be a close at any time, and then nothing is heard', () => {
    const bytes = joinedBytes(greetingOf('NULL'), PUSH_READY);
    for (let at = 0; at < bytes.length; at += 1) {
      const side = new Side().feed(bytes.subarray(0, at));
      const { said } = side;
      side.handshake.close();
      expect(side.handshake.feed(bytes.subarray(at))).toBe(0);
      expect([side.said, side.outcome]).toEqual([said, undefined]);
    }
  });

  it('may be a close from within what it sends', () => {
    for (const last of [1, 2, 3]) {
      const side = new Side();
      const { send } = side;
      side.send = function (bytes) {
        send.call(this, bytes);
        if (this.sent.length > last) this.handshake.close();
      };
      side.handshake.feed(joinedBytes(greetingOf('NULL'), PUSH_READY));
      expect([side.sent.length, side.outcome]).toEqual([last + 1, undefined]);
    }
  });

  it('comes for settings that cannot be said, as a failure', () => {
    const properties = new Map([['X Y', new Uint8Array(1)]]);

    expect(new Side({ properties }).feed(greetingOf('NULL')).failure).toEqual({
      reason: "a property cannot be named 'X Y'",
      refused: false,
    });
  });
});

describe('memory', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('is taken as bytes arrive, not as they are announced', () => {
    const side = afterGreeting(bytesOf('06 0000000000010000'));
    const taken: number[] = [];
    class Counted extends Uint8Array {
      constructor(...args: [any]) {
        super(...args);
        if (typeof args[0] === 'number') taken.push(args[0]);
      }
    }
    vi.stubGlobal('Uint8Array', Counted);
    const byte = Uint8Array.of(5);
    for (let count = 1; count <= 65_000; count += 1) {
      side.handshake.feed(byte);
      if (taken.some((length) => length > count * 2 && length > 64)) throw new Error(`${taken.join()} at ${count}`);
    }

    expect(taken.length).toBeGreaterThan(5);
    expect(taken.length).toBeLessThan(20);
  });
});
