import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Carrier } from '../../../src/engine/carriers/Carrier.js';
import { connectedPair, Connecting, Ear, Listening, listenAt, pattern, same, type Side } from './Side.js';

/** A carrier under the contract. */
export interface CarrierUnderTest {
  readonly carrier: Carrier;
  /** An endpoint that any free address does for. */
  readonly wildcard: string;
  /** One that is free and can be bound again and again. */
  readonly freeEndpoint: () => Promise<string>;
  /** What the connecting side sees of the other, and the other of it. */
  readonly peerAddress: string;
  /** Connections and listening addresses that are open. */
  readonly openCount: () => number;
}

const text = (line: string) => new TextEncoder().encode(line);
const MB = 1_000_000;

/** Calls back so many ticks later, each after what the one before has brought about; promises would wait for all of it. */
function afterTicks(ticks: number, callback: () => void): void {
  if (ticks === 0) callback();
  else process.nextTick(() => afterTicks(ticks - 1, callback));
}

/** What holds for every carrier. */
export function carrierContract({ carrier, wildcard, freeEndpoint, peerAddress, openCount }: CarrierUnderTest): void {
  const pair = () => connectedPair(carrier, wildcard);

  /** Passes once a connection has come, carried 2 MB to and fro, and gone: time for anything else to happen meanwhile. */
  async function meanwhile(): Promise<void> {
    const { near, far, listening } = await pair();
    await Promise.all([near.send(pattern(2 * MB)), far.untilReceived(2 * MB)]);
    await Promise.all([far.send(pattern(2 * MB)), near.untilReceived(2 * MB)]);
    near.end();
    await far.untilHeard('ended');
    far.end();
    await Promise.all([near.untilHeard('closed'), far.untilHeard('closed'), listening.stop()]);
  }

  describe('an address', () => {
    it('is told once it is bound, wildcards replaced, and can be connected to', async () => {
      const listening = await listenAt(carrier, wildcard);
      expect(listening.endpoint).not.toContain('*');
      const near = await new Connecting(carrier, listening.endpoint).opened();
      const far = await listening.side();
      expect([near.stream.peerAddress, far.stream.peerAddress]).toEqual([peerAddress, peerAddress]);
      expect(listening.heard).toEqual(['listening', 'accepted']);
    });

    it('takes many connections, each a stream of its own', async () => {
      const listening = await listenAt(carrier, wildcard);
      const nears = await Promise.all(
        Array.from({ length: 50 }, () => new Connecting(carrier, listening.endpoint).opened()),
      );
      await Promise.all(nears.map((near, i) => near.send(text(`from ${i}`.padEnd(8)))));
      await listening.untilHeard('accepted', 50);
      await Promise.all(listening.sides.map((far) => far.untilReceived(8)));
      const lines = listening.sides.map((far) => new TextDecoder().decode(far.bytes).trim());
      expect(lines.sort()).toEqual(Array.from({ length: 50 }, (_, i) => `from ${i}`).sort());
    });

    it('fails where another listens, which hears nothing of it', async () => {
      const first = await listenAt(carrier, wildcard);
      const second = new Listening(carrier, first.endpoint);
      await second.untilHeard('failed');
      expect(second).toMatchObject({
        heard: ['failed'],
        reason: 'the address is in use (EADDRINUSE)',
        error: { code: 'EADDRINUSE' },
      });
      await new Connecting(carrier, first.endpoint).opened();
      await first.untilHeard('accepted');
      await second.stop();
      expect(second.heard).toEqual(['failed', 'closed']);
    });

    it('is free once it has stopped, and refuses who connects', async () => {
      const endpoint = await freeEndpoint();
      for (let round = 0; round < 10; round += 1) {
        const listening = await listenAt(carrier, endpoint);
        expect(listening.endpoint).toBe(endpoint);
        await new Connecting(carrier, endpoint).opened();
        await listening.stop();
        const late = new Connecting(carrier, endpoint);
        await late.until(() => late.heard.length > 0);
        expect(late.heard).toEqual(['failed']);
      }
    });

    it('leaves accepted connections alone when it stops', async () => {
      const { near, far, listening } = await pair();
      await listening.stop();
      expect(listening.heard).toEqual(['listening', 'accepted', 'closed']);
      await Promise.all([near.send(pattern(MB)), far.untilReceived(MB)]);
      await Promise.all([far.send(pattern(MB, 1)), near.untilReceived(MB)]);
      expect([same(far.bytes, pattern(MB)), same(near.bytes, pattern(MB, 1))]).toEqual([true, true]);
    });

    it('is given up before it was bound', async () => {
      const listening = new Listening(carrier, wildcard);
      await listening.stop();
      await meanwhile();
      expect(listening.heard).toEqual(['closed']);
    });

    it.each([0, 1, 2, 3, 4, 5, 6, 8, 10])('is given up %i ticks after it was asked for', async (ticks) => {
      const taken = await listenAt(carrier, wildcard);
      for (const endpoint of [await freeEndpoint(), taken.endpoint]) {
        const listening = new Listening(carrier, endpoint);
        let before: readonly string[] = [];
        await new Promise<void>((resolve) => {
          afterTicks(ticks, () => {
            before = [...listening.heard];
            void listening.stop().then(resolve);
          });
        });
        await meanwhile();
        expect(listening.heard).toEqual([...before, 'closed']);
        if (endpoint !== taken.endpoint) await listenAt(carrier, endpoint);
      }
    });

    it('can be given up when it is told of, twice, and by who is accepted', async () => {
      const ear = new Ear();
      const stop = carrier.listen(
        wildcard,
        {},
        {
          listening: () => {
            stop(() => ear.hear('closed'));
            stop(() => ear.hear('closed'));
          },
          accepted: () => expect.unreachable(),
          failed: () => expect.unreachable(),
        },
      );
      await ear.untilHeard('closed', 2);
      stop(() => ear.hear('closed'));
      await ear.untilHeard('closed', 3);
    });
  });

  describe('an attempt', () => {
    it('fails where nobody listens', async () => {
      const listening = await listenAt(carrier, wildcard);
      await listening.stop();
      const attempt = new Connecting(carrier, listening.endpoint);
      await attempt.untilHeard('failed');
      expect(attempt.heard).toEqual(['failed']);
      expect(attempt.reason).toMatch(/^(connection refused \(ECONNREFUSED\)|there is no such path \(ENOENT\))$/);
      expect(attempt.error).toBeInstanceOf(Error);
    });

    it('hears nothing any more once it is cancelled', async () => {
      const listening = await listenAt(carrier, wildcard);
      const attempts = Array.from({ length: 20 }, () => new Connecting(carrier, listening.endpoint));
      for (const attempt of attempts) attempt.cancel();
      await meanwhile();
      await listening.stop();
      const refused = new Connecting(carrier, listening.endpoint);
      refused.cancel();
      await meanwhile();
      expect([...attempts, refused].flatMap(({ heard }) => heard)).toEqual([]);
      for (const far of listening.sides) await far.until(() => far.heard.length > 0); // nor does a connection stay
    });

    it('is cancelled without effect once it is there', async () => {
      const listening = await listenAt(carrier, wildcard);
      const attempt = new Connecting(carrier, listening.endpoint);
      const near = await attempt.opened();
      attempt.cancel();
      await Promise.all([near.send(pattern(MB)), listening.side().then((far) => far.untilReceived(MB))]);
      expect(near.heard).not.toContain('closed');
    });
  });

  describe.each(['near', 'far'] as const)('bytes from the %s side', (writer) => {
    const reader = writer === 'near' ? 'far' : 'near';
    const sides = async (): Promise<{ from: Side; to: Side }> => {
      const { [writer]: from, [reader]: to } = await pair();
      return { from, to };
    };

    it('arrive in order, whatever the sizes', async () => {
      const sizes = fc.array(fc.array(fc.nat({ max: 100_000 }), { maxLength: 5 }), { maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(sizes, async (writes) => {
          const { from, to } = await sides();
          const total = writes.flat().reduce((sum, size) => sum + size, 0);
          const bytes = pattern(total);
          let at = 0;
          for (const segments of writes) {
            await from.send(...segments.map((size) => bytes.subarray(at, (at += size))));
          }
          await to.untilReceived(total);
          expect(same(to.bytes, bytes)).toBe(true);
          from.destroy();
          to.destroy();
        }),
        { numRuns: 15 },
      );
    });

    it('are the writer’s again when `write` gives true', async () => {
      const { from, to } = await sides();
      const slab = new Uint8Array(1000);
      for (let i = 0; i < 200; i += 1) {
        slab.fill(i);
        await from.send(slab, slab.subarray(0, 500));
      }
      slab.fill(255);
      await to.untilReceived(200 * 1500);
      expect(to.bytes.every((byte, i) => byte === Math.floor(i / 1500))).toBe(true);
    });

    it('are none where there is nothing to write', async () => {
      const { from, to } = await sides();
      expect([from.write(), from.write(new Uint8Array(0)), from.write(text('a'))]).toEqual([true, true, true]);
      await to.untilReceived(1);
      expect(to.bytes).toEqual(text('a'));
      expect(from.heard).toEqual([]);
    });

    it('wait for a reader that pauses, and then go on', async () => {
      const { from, to } = await sides();
      to.pause();
      const bytes = pattern(32 * MB);
      expect(from.write(bytes)).toBe(false);
      await meanwhile();
      expect(from.heard).toEqual([]);
      expect(to.received).toBeLessThan(200_000);
      to.resume();
      await from.untilHeard('drained');
      await to.untilReceived(bytes.length);
      expect(from.heard).toEqual(['drained']);
      expect(same(to.bytes, bytes)).toBe(true);
    });

    it('wait for a slow reader, which pauses at each read', async () => {
      const { from, to } = await sides();
      let most = 0;
      to.onRead = () => {
        const { length } = to.reads;
        to.pause();
        setImmediate(() => {
          most = Math.max(most, to.reads.length - length);
          to.resume();
        });
      };
      const bytes = pattern(4 * MB);
      await Promise.all([from.send(bytes.subarray(0, MB), bytes.subarray(MB)), to.untilReceived(bytes.length)]);
      expect(same(to.bytes, bytes)).toBe(true);
      expect(most).toBeLessThanOrEqual(1); // one may have been on its way
    });

    it('arrive when they are written before anybody is heard', async () => {
      const listening = new Listening(carrier, wildcard, {}, (far) => writer === 'far' && far.write(text('hello')));
      await listening.untilHeard('listening');
      const near = await new Connecting(carrier, listening.endpoint, {}, (side) => {
        if (writer === 'near') side.write(text('hello'));
      }).opened();
      const to = writer === 'near' ? await listening.side() : near;
      await to.untilReceived(5);
      expect(to.bytes).toEqual(text('hello'));
    });

    it('arrive before the end that comes after them', async () => {
      const { from, to } = await sides();
      const bytes = pattern(3 * MB);
      from.write(bytes);
      from.end();
      await to.untilHeard('ended');
      expect(same(to.bytes, bytes)).toBe(true);
      to.end();
      await Promise.all([to.untilHeard('closed'), from.untilHeard('closed')]);
      expect(from).toMatchObject({ heard: ['closed'], reason: 'closed by this side', error: undefined });
      expect(to).toMatchObject({ reason: 'the peer closed the connection', error: undefined });
      expect(to.heard.filter((what) => what !== 'read')).toEqual(['ended', 'closed']);
    });

    it('arrive though the reader writes as well, which nobody reads any more', async () => {
      const { from, to } = await sides();
      const bytes = pattern(3 * MB);
      to.onRead = () => {
        if (to.received > MB) to.onRead = undefined;
        to.pause();
        to.resume();
      };
      const sent = to.send(pattern(3 * MB, 7));
      from.write(bytes);
      from.end();
      await to.untilHeard('ended');
      await sent;
      await to.send(pattern(MB));
      to.end();
      await Promise.all([to.untilHeard('closed'), from.untilHeard('closed')]);
      expect(same(to.bytes, bytes)).toBe(true);
      expect(from).toMatchObject({ heard: ['closed'], received: 0, reason: 'closed by this side', error: undefined });
      expect(to.error).toBeUndefined();
    });

    it('are discarded by one who has ended while it paused', async () => {
      const { from, to } = await sides();
      to.pause();
      const sent = from.send(pattern(32 * MB));
      await meanwhile();
      const before = to.received;
      to.end();
      await sent;
      await from.untilHeard('ended');
      from.end();
      await Promise.all([from.untilHeard('closed'), to.untilHeard('closed')]);
      expect(to.received).toBe(before);
      expect(from.error).toBeUndefined();
    });

    it('are discarded by one who pauses after its end', async () => {
      const { from, to } = await sides();
      to.end();
      to.pause();
      await from.send(pattern(32 * MB));
      from.end();
      await Promise.all([from.untilHeard('closed'), to.untilHeard('closed')]);
    });

    it('can go on after the other side has ended', async () => {
      const { from, to } = await sides();
      to.end();
      await from.untilHeard('ended');
      await from.send(pattern(3 * MB));
      from.end();
      await Promise.all([from.untilHeard('closed'), to.untilHeard('closed')]);
      expect([from.error, to.error]).toEqual([undefined, undefined]);
      expect(to.heard).toEqual(['closed']);
    });

    it('tear the connection when they are dropped unread', async () => {
      const { from, to } = await sides();
      to.pause();
      from.write(pattern(32 * MB));
      await meanwhile();
      to.destroy();
      await Promise.all([from.untilHeard('closed'), to.untilHeard('closed')]);
      expect(from.heard.at(-1)).toBe('closed');
      expect(from.reason).toMatch(
        /^(the peer reset the connection \(ECONNRESET\)|the peer closed the connection \(EPIPE\))$/,
      );
      expect(from.error?.code).toMatch(/ECONNRESET|EPIPE/);
      expect(to).toMatchObject({ heard: ['closed'], reason: 'closed by this side', error: undefined });
    });

    it('tear the connection when they are dropped unread, though their writer pauses', async () => {
      const { from, to } = await sides();
      to.pause();
      from.pause();
      from.write(pattern(32 * MB));
      await meanwhile();
      to.destroy();
      const isOver = (): boolean => from.heard.includes('writeFailed') || from.heard.includes('closed');
      while (!isOver()) {
        from.write(text('late'));
        await new Promise(setImmediate);
      }
      expect(from.write(text('late'))).toBe(false);
      from.destroy();
      await from.untilHeard('closed');
      expect(from.error?.code).toMatch(/ECONNRESET|EPIPE/);
    });

    it.each([5000, 300_000])(
      'are read to their end though an answer failed, as their writer was gone (%i)',
      async (count) => {
        const { from, to } = await sides();
        to.pause();
        from.pause();
        to.write(pattern(count));
        await from.send(text('nobody reads this'));
        await meanwhile();
        to.destroy();
        await meanwhile();
        while (!from.heard.includes('writeFailed') && !from.heard.includes('closed')) {
          from.write(text('nor this'));
          await new Promise(setImmediate);
        }
        from.resume();
        await from.until(() => from.heard.includes('ended') || from.heard.includes('closed'));
        expect(from.received).toBeGreaterThanOrEqual(Math.min(count, 60_000)); // of the rest the kernel of its writer had some
        expect(same(from.bytes, pattern(count).subarray(0, from.received))).toBe(true);
      },
    );

    it('that come to nobody tear the connection', async () => {
      const { from, to } = await sides();
      to.destroy();
      await from.untilHeard('ended');
      while (!from.heard.includes('closed')) {
        if (!from.write(pattern(1000))) await from.until(() => from.heard.length > 1);
        await new Promise(setImmediate); // the answer comes in its own time
      }
      expect(from.error?.code).toMatch(/ECONNRESET|EPIPE/);
      expect(from.heard.slice(0, 2)).toEqual(['ended', 'closed']);
      expect(from.write(text('late'))).toBe(false);
    });
  });

  describe.each(['near', 'far'] as const)('the %s side', (name) => {
    const other = name === 'near' ? 'far' : 'near';

    it('hears of its own end once, and the other of that', async () => {
      const { [name]: one, [other]: two } = await pair();
      one.destroy();
      one.destroy();
      one.end();
      expect(one.write(text('late'))).toBe(false);
      await Promise.all([one.untilHeard('closed'), two.untilHeard('ended')]);
      two.end();
      two.end();
      await two.untilHeard('closed');
      await meanwhile();
      expect(one).toMatchObject({ heard: ['closed'], reason: 'closed by this side', error: undefined });
      expect(two).toMatchObject({ heard: ['ended', 'closed'], reason: 'the peer closed the connection' });
    });

    it('can be destroyed after its end', async () => {
      const { [name]: one } = await pair();
      one.end();
      one.destroy();
      await one.untilHeard('closed');
      expect(one.heard).toEqual(['closed']);
    });

    it('hears nothing after it has ended or gone within a read', async () => {
      for (const last of ['end', 'destroy'] as const) {
        const { [name]: one, [other]: two } = await pair();
        one.onRead = () => one[last]();
        two.write(pattern(3 * MB));
        two.end();
        await one.untilHeard('closed');
        expect(one.heard).toEqual(['read', 'closed']);
      }
    });

    it.each(['end', 'destroy', 'pause'] as const)('can %s before anybody is heard', async (what) => {
      const first = (side: Side) => side[what]();
      const listening = new Listening(carrier, wildcard, {}, name === 'far' ? first : undefined);
      await listening.untilHeard('listening');
      const near = await new Connecting(carrier, listening.endpoint, {}, name === 'near' ? first : undefined).opened();
      const far = await listening.side();
      const [one, two] = name === 'near' ? [near, far] : [far, near];
      if (what === 'pause') {
        two.write(text('hello'));
        await meanwhile();
        expect(one.received).toBe(0);
        one.resume();
        await one.untilReceived(5);
      } else {
        await two.untilHeard('ended');
        two.end();
        await Promise.all([one.untilHeard('closed'), two.untilHeard('closed')]);
        expect(one.heard).toEqual(['closed']);
      }
    });
  });

  it('leaves nothing behind: thousands of connections come and go', { timeout: 240_000 }, async () => {
    await meanwhile(); // what tests before this one have left closes
    const before = openCount();
    const listening = await listenAt(carrier, wildcard);
    const many = 100;
    for (let round = 0; round < 30; round += 1) {
      const ears = await Promise.all(
        Array.from({ length: many }, async (_, i) => {
          const near = await new Connecting(carrier, listening.endpoint).opened();
          near.write(text('hello'));
          if (i % 3 === 0) near.destroy();
          else near.end();
          return near;
        }),
      );
      await listening.untilHeard('accepted', many * (round + 1));
      const fars = listening.sides.slice(-many);
      await Promise.all(
        fars.map(async (far) => {
          await far.until(() => far.heard.includes('ended') || far.heard.includes('closed'));
          far.end();
        }),
      );
      await Promise.all([...ears, ...fars].map((side) => side.untilHeard('closed')));
    }
    await listening.stop();
    await meanwhile();
    expect(openCount()).toBe(before);
  });

  it('calls nobody back from within a call', async () => {
    const { near, far, listening } = await pair();
    near.pause();
    far.write(pattern(8 * MB));
    near.resume();
    await near.untilReceived(8 * MB);
    near.destroy();
    far.destroy();
    await Promise.all([near.untilHeard('closed'), far.untilHeard('closed')]);
    await listening.stop();
    expect([...near.heard, ...far.heard, ...listening.heard].filter((what) => what.includes('within'))).toEqual([]);
  });
}
