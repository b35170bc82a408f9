import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCurvePrimitives } from '../../../src/engine/carriers/node/curvePrimitives.js';
import type { CurvePrimitives } from '../../../src/engine/zmtp/Cipher.js';
import { parseCommand } from '../../../src/engine/zmtp/parseCommand.js';
import { Side, summaryOf } from '../zmtp/Side.js';
import { type Scenario, multiplier, runs, scenarios, splits, streams } from './streams.js';

let curve: CurvePrimitives;
beforeAll(async () => void (curve = await loadCurvePrimitives()));

const timeout = 60_000 * Math.max(1, multiplier);
const names = ['NULL', 'NULL with metadata', 'NULL with an authenticator'].concat(
  ['PLAIN', 'CURVE'].flatMap((mechanism) => [`${mechanism}, client`, `${mechanism}, server`]),
);
const scenario = (name: string): Scenario => scenarios(curve).find((one) => one.name === name)!;

describe.each(names)('a handshake of %s', (name) => {
  it('ends the same for any split of any bytes, and never throws or speaks after its end', { timeout }, () => {
    const { settings } = scenario(name);
    const ends = { done: 0, failed: 0, waiting: 0 };
    fc.assert(
      fc.property(streams(scenario(name)), splits, (bytes, lengths) => {
        const whole = new Side(settings()).feed(bytes);
        const split = new Side(settings()).feed(bytes, lengths);
        ends[whole.outcome?.kind ?? 'waiting'] += 1;
        expect(summaryOf(split)).toEqual(summaryOf(whole));
        expect(whole.late).toBe(0);
      }),
      { numRuns: runs(name.startsWith('CURVE') ? 400 : 1500) },
    );

    // it is no test of one thing only
    if (multiplier >= 1) expect(Math.min(ends.done, ends.failed, ends.waiting)).toBeGreaterThan(0);
  });
});

describe.each(names.filter((name) => /authenticator|server/.test(name)))('an authenticator of %s', (name) => {
  it('thinks to the same end, whenever its authenticator answers', { timeout }, async () => {
    const given = scenario(name).settings;
    const { security } = given();
    if (security === undefined || !('authenticate' in security)) throw new Error('nobody is asked');
    await fc.assert(
      fc.asyncProperty(streams(scenario(name)), splits, fc.nat(10), async (bytes, lengths, answerAfter) => {
        const whole = new Side(given()).feed(bytes);
        let answer: () => void = () => undefined;
        let chunks = -1;
        const slow = new Side({
          ...given(),
          security: {
            ...security,
            authenticate: (who) =>
              new Promise((resolve, reject) => {
                chunks = 0;
                answer = () => void Promise.resolve(security.authenticate!(who)).then(resolve, reject);
              }),
          },
        });
        let at = 0;
        for (const length of [...lengths, bytes.length]) {
          slow.feed(bytes.subarray(at, at + length));
          at += length;
          if (chunks >= 0 && (chunks += 1) === answerAfter) await settled(answer);
        }
        await settled(answer);
        expect(summaryOf(slow)).toEqual(summaryOf(whole));
      }),
      { numRuns: runs(name.startsWith('CURVE') ? 100 : 300) },
    );
  });
});

it('any body is a command or none', { timeout }, () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom('', '\x04PING', '\x05ERROR', '\x05LEAVE'),
      (bytes, name) => {
        expect(() => parseCommand(Uint8Array.from([...Buffer.from(name), ...bytes]))).not.toThrow();
      },
    ),
    { numRuns: runs(2000) },
  );
});

/** Answers, and waits until that has been heard. */
function settled(answer: () => void): Promise<void> {
  answer();
  return new Promise((resolve) => setImmediate(resolve));
}
