import { describe, expect, it, vi } from 'vitest';
import type { Authenticate, DriverSecurity } from '../../src/driver/DriverSecurity.js';
import {
  Side,
  bytesOf,
  commandFrame,
  cuts,
  greetingOf,
  hexOf,
  joinedBytes,
  property,
  readyWith,
} from '../engine/zmtp/Side.js';

const ready = commandFrame(readyWith(property('Socket-Type', 'PUSH')));
const readyOfOurs = hexOf(commandFrame(readyWith(property('Socket-Type', 'PULL'))));
const error400 = hexOf(commandFrame('\x05ERROR\x03400'));
const nullGreeting = hexOf(greetingOf('NULL'));
const sent = joinedBytes(greetingOf('NULL'), ready, bytesOf('000178'));

const asking = (authenticate: unknown) =>
  new Side({ security: { mechanism: 'null', authenticate: authenticate as Authenticate } });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** An answer that is given later. */
function later() {
  let settle!: { resolve: (answer: unknown) => void; reject: (error: unknown) => void };
  const answer = new Promise((resolve, reject) => (settle = { resolve, reject }));
  return { answer, ...settle };
}

describe('an authenticator', () => {
  it('is asked once, after the greeting', () => {
    const authenticate = vi.fn(() => true);
    const side = asking(authenticate).feed(sent.subarray(0, 63));
    expect(authenticate).not.toHaveBeenCalled();
    side.feed(sent.subarray(63));

    expect(authenticate.mock.calls).toEqual([[{ mechanism: 'null', address: '127.0.0.1' }]]);
    expect(side.peer.userId).toBeUndefined();
    expect(side.traffic).toBe('000178');
  });

  it.each([
    ['true', true, undefined],
    ['a text', 'bob', 'bob'],
    ['an empty text', '', ''],
    ['a promise of true', Promise.resolve(true), undefined],
    ['a promise of a text', Promise.resolve('bob'), 'bob'],
    ['a thenable', { then: (resolve: (answer: string) => void) => resolve('bob') }, 'bob'],
  ])('lets in with %s', async (_what, answer, userId) => {
    const side = await asking(() => answer)
      .feed(sent)
      .ended();

    expect(side.peer).toMatchObject({ socketType: 'PUSH', userId });
    expect(side.said).toBe(nullGreeting + readyOfOurs);
  });

  const thrown = new Error('the database is down');
  it.each([
    ['false', () => false, 'authenticate refused the peer'],
    ['undefined', () => undefined, 'authenticate refused the peer'],
    ['1', () => 1, 'authenticate refused the peer'],
    ['null', () => null, 'authenticate refused the peer'],
    ['an object', () => ({}), 'authenticate refused the peer'],
    ['a promise of false', async () => false, 'authenticate refused the peer'],
    [
      'a throw',
      () => {
        throw thrown;
      },
      'authenticate failed: the database is down',
    ],
    [
      'a throw of nothing',
      () => {
        throw undefined;
      },
      'authenticate failed: undefined',
    ],
    ['a rejection', () => Promise.reject(thrown), 'authenticate failed: the database is down'],
    ['a rejection with a text', () => Promise.reject('down'), "authenticate failed: 'down'"],
    [
      'a thenable that throws',
      () => ({
        then: () => {
          throw thrown;
        },
      }),
      'authenticate failed: the database is down',
    ],
    [
      'a getter that throws',
      () =>
        Object.defineProperty({}, 'then', {
          get: () => {
            throw thrown;
          },
        }),
      'authenticate failed: the database is down',
    ],
    [
      'an error without a prototype',
      () => {
        throw Object.create(null);
      },
      'authenticate failed: an Object',
    ],
  ])('keeps out with %s', async (_what, authenticate, reason) => {
    const side = await asking(authenticate).feed(sent).ended();

    expect(side.failure).toEqual({ reason, refused: true });
    expect(side.said).toBe(nullGreeting + error400);
    expect(side.late).toBe(0);
  });

  it('holds READY back while it thinks, and what came meanwhile is read then', async () => {
    for (const [, lengths] of cuts) {
      const { answer, resolve } = later();
      const side = asking(() => answer).feed(sent, lengths);
      expect(side.said).toBe(nullGreeting);
      resolve(true);
      await turn();

      expect(side.said).toBe(nullGreeting + readyOfOurs);
      expect(side.outcome).toMatchObject({ kind: 'done', early: '000178' });
      expect(side.traffic).toBe('');
    }
  });

  it('may answer before all has come', async () => {
    for (let at = 64; at < sent.length; at += 1) {
      const { answer, resolve } = later();
      const side = asking(() => answer).feed(sent.subarray(0, at));
      resolve(true);
      await turn();
      side.feed(sent.subarray(at));

      if (side.outcome?.kind !== 'done') throw new Error(`at ${at}`);
      expect(side.outcome.early + side.traffic).toBe('000178');
    }
  });

  it('sees to it that a peer’s mistakes of meanwhile are found then', async () => {
    const { answer, resolve } = later();
    const side = asking(() => answer).feed(joinedBytes(greetingOf('NULL'), commandFrame('\x05BOGUS')));
    resolve(true);
    await turn();

    expect(side.failure.reason).toBe("expected READY, got 'BOGUS'");
    expect(side.late).toBe(0);
  });

  it('is not heard any more after a close', async () => {
    for (const end of ['resolve', 'reject'] as const) {
      const thinking = later();
      const side = asking(() => thinking.answer).feed(sent);
      side.handshake.close();
      thinking[end](true);
      await turn();

      expect(side.said).toBe(nullGreeting);
      expect(side.outcome).toBeUndefined();
    }
  });

  it('may close the handshake itself', () => {
    const side: Side = asking(() => {
      side.handshake.close();
      return true;
    });
    side.handshake.feed(sent);

    expect([side.said, side.outcome]).toEqual([nullGreeting, undefined]);
  });

  it('keeps no more than 64 KiB of a peer that does not wait', async () => {
    const { answer, resolve } = later();
    const side = asking(() => answer).feed(greetingOf('NULL'));
    side.feed(new Uint8Array(65_535), [1000, 1, 30_000]);
    expect(side.outcome).toBeUndefined();
    side.feed(new Uint8Array(2));
    expect(side.failure).toEqual({
      reason: 'the peer sent more than 65536 bytes before it was accepted',
      refused: false,
    });

    resolve(true);
    await turn();
    expect(side.late).toBe(0);
  });

  it('must be there where someone is to be asked', () => {
    const security = { mechanism: 'plain' } as unknown as DriverSecurity;
    const side = new Side({ security }).feed(joinedBytes(greetingOf('PLAIN'), commandFrame('\x05HELLO\0\0')));

    expect(side.failure).toEqual({ reason: 'there is no authenticate function to accept the peer', refused: false });
  });
});
