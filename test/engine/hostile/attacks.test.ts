import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RawPeer } from '../../contract/RawPeer.js';
import { command, frame, greeting, longHeader, property, ready, repeated } from './support/bytes.js';
import { dial, dialSocket, drop, gone, greeted } from './support/dial.js';
import { HurriedClock } from './support/HurriedClock.js';
import { PEER_OF, Target, TARGETS } from './support/Target.js';

const HANDSHAKE_MS = 30_000;
const MAX_HANDSHAKES = 40;

const targets = TARGETS.flatMap((type) => (['tcp', 'ipc'] as const).map((transport) => ({ type, transport })));

describe.each(targets)('a live $type on $transport, with an honest peer all the time', ({ type, transport }) => {
  const peerType = PEER_OF[type];
  const clock = new HurriedClock();
  let target: Target;

  beforeAll(async () => {
    target = await Target.open(type, transport, { clock, limits: { maxHandshakes: MAX_HANDSHAKES } });
  });
  afterEach(() => target.goesOn());
  afterAll(async () => {
    await target.close();
    expect(target.end.failures).toEqual([]);
  });

  /** Comes back when a connection that ends after `act` has done so for that reason. */
  async function ends(kind: 'handshakeFailed' | 'disconnected', reason: RegExp, act: () => Promise<unknown>) {
    const before = target.log.of(kind).length;
    await act();
    await target.log.nth(kind, before + 1);
    expect(target.log.of(kind)[before]!.reason).toMatch(reason);
  }

  /** What a connection says at first has it closed, for that reason. */
  async function closedFor(reason: RegExp, ...said: readonly Uint8Array[]) {
    await ends('handshakeFailed', reason, async () => {
      const raw = await dial(target.endpoint);
      for (const bytes of said) raw.write(bytes);
      await raw.gone();
    });
  }

  /** What a peer says after its handshake has it dropped, for that reason. */
  async function droppedFor(reason: RegExp, ...said: readonly Uint8Array[]) {
    await ends('disconnected', reason, async () => {
      const raw = await greeted(target.endpoint, peerType);
      for (const bytes of said) raw.write(bytes);
      await raw.gone();
    });
  }

  /** A connection that does not finish its handshake is closed when its time is over, and not before. */
  async function endsLate(begin: () => Promise<RawPeer>) {
    await ends('handshakeFailed', /not done within 30000 ms/, async () => {
      const raw = await begin();
      await target.goesOn();
      expect(raw.ended).toBe(false);
      expect(clock.hurry(HANDSHAKE_MS)).toBe(1);
      await raw.gone();
    });
  }

  /** It still hears such a peer. */
  async function hears(raw: RawPeer) {
    raw.command('PING', '\0\0still there');
    for (;;) {
      const { flags, body } = await raw.nextFrame();
      if (flags === 4 && body === '\x04PONGstill there') return;
    }
  }

  it('closes on garbage', async () => {
    const noise = randomBytes(100_000);
    noise[0] = 0x17;
    await closedFor(/no ZMTP .* began with/, noise);
  });

  it('closes on HTTP', () =>
    closedFor(/no ZMTP .* began with .*GET/, Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')));

  it('closes on TLS', () => closedFor(/no ZMTP/, Buffer.from('16030100f1010000ed0303', 'hex')));

  it.each([
    ['nothing', 0],
    ['half a signature', 5],
    ['a signature', 10],
    ['half a greeting', 20],
    ['a greeting without READY', 64],
    ['a greeting and half of READY', 70],
  ])('gives %s and then silence its time, and no more', (_, length) =>
    endsLate(async () => {
      const raw = await dial(target.endpoint);
      raw.write(Buffer.concat([greeting(), ready(peerType)]).subarray(0, length));
      return raw;
    }),
  );

  it('gives a handshake of one byte now and then no more time than any', () =>
    endsLate(async () => {
      const raw = await dial(target.endpoint);
      for (const byte of greeting()) {
        raw.write(Buffer.of(byte));
        await target.goesOn(1);
      }
      return raw;
    }));

  it('closes on another mechanism, socket type, command, or data in the handshake', async () => {
    await closedFor(/security is .*CURVE/, greeting('CURVE'));
    await closedFor(/does not talk to/, greeting(), ready('STREAM'));
    await closedFor(/READY/, greeting(), command('HELLO', '\x01a\x01b'));
    await closedFor(/READY/, greeting(), command('PING', '\0\0'));
    await closedFor(/READY/, greeting(), frame(0, 'a message'));
    await closedFor(/READY/, greeting(), frame(4, ''));
  });

  it('closes on metadata that lies about its lengths', async () => {
    const word = Buffer.from('\x05READY', 'latin1');
    const socketType = property('Socket-Type', peerType);
    await closedFor(/malformed metadata/, greeting(), frame(4, Buffer.concat([word, socketType.subarray(0, -1)])));
    await closedFor(/malformed metadata/, greeting(), frame(4, Buffer.concat([word, Buffer.from('ff41', 'hex')])));
    const huge = Buffer.concat([word, Buffer.of(1, 0x41, 0xff, 0xff, 0xff, 0xff, 1)]);
    await closedFor(/malformed metadata/, greeting(), frame(4, huge));
    const many = Buffer.concat([word, socketType, repeated(property('X-A', ''), 2000)]);
    await closedFor(/more than 256 properties/, greeting(), frame(4, many));
  });

  it('closes on a handshake command that is announced too long', async () => {
    await closedFor(/handshake command of/, greeting(), longHeader(4, 2n ** 63n));
    await closedFor(/handshake command of/, greeting(), longHeader(4, 2n ** 53n));
    await closedFor(/handshake command of/, greeting(), longHeader(4, 65_537n));
  });

  it('closes where the peer says ERROR instead of READY', () =>
    closedFor(/refused us: .*400/, greeting(), command('ERROR', '\x03400')));

  it('drops a peer that announces 2^63 or 2^53 bytes', async () => {
    await droppedFor(/longer than 2\^53/, longHeader(0, 2n ** 63n));
    await droppedFor(/longer than 2\^53/, longHeader(0, 2n ** 64n - 1n));
    await droppedFor(/longer than 2\^53|maxMessageBytes/, longHeader(0, 2n ** 53n));
    await droppedFor(/maxMessageBytes/, longHeader(0, 2n ** 53n - 1n));
    await droppedFor(/a command of/, longHeader(4, 2n ** 53n - 1n));
  });

  it('drops a peer whose message has empty parts for ever', () =>
    droppedFor(/more than 1024 parts/, repeated(frame(1, ''), 20_000)));

  it('lets a peer say commands for ever that nobody knows, or that make no sense', async () => {
    const raw = await greeted(target.endpoint, peerType);
    const senseless = [command('NONSENSE', 'x'.repeat(100)), command('PING'), command('PING', '\0'), frame(4, '')];
    senseless.push(frame(4, '\xffX'), command('READY'), command('ERROR', '\x09400'), command('JOIN', 'x'.repeat(300)));
    raw.write(repeated(Buffer.concat(senseless), 2000));
    await hears(raw);
  });

  it('answers a storm of PINGs, and the last one certainly', async () => {
    const raw = await greeted(target.endpoint, peerType);
    raw.pause();
    raw.write(repeated(command('PING', '\0\0never mind'), 50_000));
    await target.goesOn();
    raw.resume();
    await hears(raw);
  });

  it('takes commands between the parts of a message, and one byte at a time', async () => {
    const raw = await greeted(target.endpoint, peerType);
    const others = target.others;
    const parts = type === 'rep' ? ['', 'a', 'b'] : ['a', 'b', 'c'];
    const said = parts.flatMap((part, i) => [frame(i < 2 ? 1 : 0, part), command('PING', '\0\0between')]);
    for (const byte of Buffer.concat(said)) raw.write(Buffer.of(byte));
    await hears(raw);
    if (type !== 'pub') expect(target.others).toBe(others + 1);
  });

  it('forgets the message in the midst of which a peer is gone', async () => {
    const others = target.others;
    const half = Buffer.concat([frame(1, 'a'), frame(1, 'b'), longHeader(0, 100_000n), Buffer.alloc(50_000)]);
    for (const end of ['abrupt', 'end']) {
      await ends('disconnected', /closed|reset/, async () => {
        const raw = await greeted(target.endpoint, peerType);
        raw.write(half);
        await target.goesOn();
        if (end === 'end') raw.end();
        else raw.drop();
      });
    }
    expect(target.others).toBe(others);
  });

  it('is not harmed by resets in the handshake', async () => {
    const before = target.log.of('handshakeFailed').length;
    const whole = Buffer.concat([greeting(), ready(peerType)]);
    for (let length = 0; length < whole.length; length += 7) {
      const socket = await dialSocket(target.endpoint);
      socket.write(whole.subarray(0, length), () => drop(socket));
      await gone(socket);
    }
    await target.log.nth('handshakeFailed', before + 10);
  });

  it('half-closed, a peer is gone, and what it had said is heard', async () => {
    const others = target.others;
    await ends('disconnected', /closed/, async () => {
      const raw = await greeted(target.endpoint, peerType);
      if (type === 'rep') raw.message('', 'last words');
      else raw.message('last words');
      raw.end();
      await raw.gone();
    });
    if (type !== 'pub') expect(target.others).toBe(others + 1);
  });

  it('turns away who has said nothing longest once too many say nothing', async () => {
    const count = 3 * MAX_HANDSHAKES;
    const failed = target.log.of('handshakeFailed').length;
    const silent: Socket[] = [];
    for (let i = 0; i < count; i += 1) silent.push(await dialSocket(target.endpoint));
    for (const socket of silent) socket.resume();
    const tooMany = count - MAX_HANDSHAKES;
    await target.log.nth('handshakeFailed', failed + tooMany);
    await hears(await greeted(target.endpoint, peerType)); // there is place for who does speak
    expect(clock.hurry(HANDSHAKE_MS)).toBe(MAX_HANDSHAKES - 1);
    const reasons = target.log.of('handshakeFailed').slice(failed);
    const turnedAway = 'more than 40 connections had not done their handshake';
    const late = 'the handshake was not done within 30000 ms';
    expect(reasons.map(({ reason }) => reason)).toEqual(
      Array.from({ length: count }, (_, i) => (i <= tooMany ? turnedAway : late)),
    );
    for (const socket of silent) socket.destroy();
  });
});
