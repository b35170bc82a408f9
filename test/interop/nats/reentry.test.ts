import { retry } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Case, cases } from '../../reentry/pairs.js';
import { acts, Rig, thrown } from '../../reentry/Rig.js';
import { unhandledErrors } from '../../reentry/unhandledErrors.js';
import { NatsServer } from './NatsServer.js';
import { isHere, servers } from './place.mjs';

/** The cases that have endpoints of their own, and whether they have to be there before their counterpart. */
const found = {
  fromPull: true,
  fromSub: true,
  'fromSub, conflating': true,
  toPush: false,
  'toPush of frames': false,
  toPub: false,
  request: false,
  requester: false,
  reply: true,
  'reply, later': true,
} as const;

/** A service that is called back may be gone for a moment: then requests to it fail at once. */
const lasting = (subject: Case): Case => ({
  ...subject,
  other: (rig, url, bind) => subject.other(rig, url, bind).pipe(retry({ delay: 5 })),
});

const unhandled = unhandledErrors();

describe.runIf(isHere)('over NATS', () => {
  describe.each(Object.entries(found))('%s', (name, binds) => {
    const subject = lasting(cases[name]!);
    const callbacks = ['next', ...Object.keys(subject.callbacks), 'status connecting', 'status connected'];
    it.each(acts)('each callback may %s', async (act) => {
      const server = await NatsServer.start(servers.at(-1)!);
      const rigs = callbacks.map((callback, i) => {
        const place = { url: server.at(`reentry${i}`), driver: 'auto', binds, hasBroker: true } as const;
        return { callback, rig: new Rig(subject, place, callback, act) };
      });
      for (const { rig } of rigs) {
        onTestFinished(() => rig.stop());
        rig.start();
      }
      for (const { rig, callback } of rigs) {
        await rig.done;
        await rig.stop();
        expect(rig.wasCalled, `${callback} was called`).toBe(true);
        expect(rig.faults, callback).toEqual([]);
        expect(rig.error).toBe(act === 'throw' && subject.callbacks[callback] === 'ends' ? thrown : undefined);
        expect(unhandled().filter((error) => error !== thrown)).toEqual([]);
      }
    });
  });
});
