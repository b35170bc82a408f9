import { describe, expect, it, onTestFinished } from 'vitest';
import { virtualTime } from '../../src/testing/index.js';
import { type Act, acts, type Place, Rig, thrown } from './Rig.js';
import { type Case, cases } from './pairs.js';
import { unhandledErrors } from './unhandledErrors.js';

const STATUSES = {
  binds: ['status listening', 'status connected'],
  connects: ['status connecting', 'status connected'],
};

const unhandled = unhandledErrors();

let names = 0;
const places: readonly (Place & { readonly transport: string })[] = [
  { transport: 'inproc', driver: 'engine', binds: true } as const,
  { transport: 'inproc', driver: 'engine', binds: false } as const,
  { transport: 'tcp', driver: 'engine', binds: true } as const,
  { transport: 'tcp', driver: 'engine', binds: false } as const,
  { transport: 'tcp', driver: 'native', binds: true } as const,
  { transport: 'tcp', driver: 'native', binds: false } as const,
].map((place) => ({
  ...place,
  url: place.transport === 'tcp' ? 'tcp://127.0.0.1:*' : `inproc://reentry-${(names += 1)}`,
}));

/** What a case is called back from there. */
function callbacksOf({ callbacks, isSilent }: Case, { transport, driver, binds }: (typeof places)[number]): string[] {
  const statuses = isSilent === true ? [] : STATUSES[binds ? 'binds' : 'connects'];
  return ['next', ...Object.keys(callbacks), ...statuses].filter(
    (name) => driver === 'engine' || transport !== 'tcp' || name !== 'status connecting',
  );
}

async function expectAlive(rig: Rig, found: Case, callback: string, act: Act): Promise<void> {
  await rig.stop();
  expect(rig.wasCalled, `${callback} was called`).toBe(true);
  expect(rig.faults).toEqual([]);
  const ends = act === 'throw' && found.callbacks[callback] === 'ends';
  expect(rig.error).toBe(ends ? thrown : undefined);
  expect(unhandled().filter((error) => error !== thrown)).toEqual([]);
}

describe.each(places)('over $transport on $driver, where it binds: $binds', (place) => {
  const found = Object.entries(cases).filter(
    ([, { transports, isOperator }]) =>
      (transports?.includes(place.transport) ?? true) && !(isOperator === true && place.driver === 'native'),
  );
  describe.each(found)('%s', (_name, subject) => {
    it.each(acts)('each callback may %s', async (act) => {
      const rigs = callbacksOf(subject, place).map((callback) => {
        const url = place.url.replace(/reentry-\d+$/, () => `reentry-${(names += 1)}`);
        return { callback, rig: new Rig(subject, { ...place, url }, callback, act) };
      });
      for (const { rig } of rigs) {
        onTestFinished(() => rig.stop());
        rig.start();
      }
      for (const { rig, callback } of rigs) {
        await rig.done;
        await expectAlive(rig, subject, callback, act);
      }
    });
  });
});

describe.each(['inproc://virtual', 'tcp://127.0.0.1:*'])('in virtual time, over %s', (url) => {
  const transport = url.slice(0, url.indexOf(':'));
  const found = Object.entries(cases).filter(
    ([, { transports, needsRealTime }]) => (transports?.includes(transport) ?? true) && needsRealTime !== true,
  );
  describe.each(found)('%s', (_name, subject) => {
    const all = [true, false].flatMap((binds) =>
      callbacksOf(subject, { url, transport, driver: 'engine', binds }).flatMap((callback) =>
        acts.map((act) => ({ binds, callback, act })),
      ),
    );
    it.each(all)('$callback may $act, where it binds: $binds', async ({ binds, callback, act }) => {
      let rig!: Rig;
      virtualTime(() => {
        rig = new Rig(subject, { url, driver: 'auto', binds }, callback, act);
        rig.start(5000);
      });
      await expectAlive(rig, subject, callback, act);
    });
  });
});
