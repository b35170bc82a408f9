import { asyncScheduler } from 'rxjs';
import { getTimestampNs } from '../frame/getTimestampNs.js';
import type { Clock } from './Clock.js';

const { performance, setImmediate } = globalThis; // as they are at load: fake timers must not stop a yield

/** The clock of the edge: deadlines go by RxJS's `asyncScheduler`, so that TestScheduler and fake timers drive them. */
export const defaultClock: Clock = {
  now: () => performance.now(),
  wallNs: getTimestampNs,
  after(ms, callback) {
    const action = asyncScheduler.schedule(callback, ms);
    return () => action.unsubscribe();
  },
  soon: (callback) => void setImmediate(callback),
};
