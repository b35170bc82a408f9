import { asyncScheduler } from 'rxjs';
import { getTimestampNs } from '../time/getTimestampNs.js';
import type { Clock } from '../time/Clock.js';
import { watchVirtualTime } from '../time/VirtualTime.js';

const { performance, setImmediate } = globalThis; // as they are at load: fake timers must not stop a yield

/** Deadlines go by RxJS's `asyncScheduler`, so that TestScheduler and fake timers drive them. */
const processClock: Clock = {
  now: () => performance.now(),
  wallNs: getTimestampNs,
  after(ms, callback) {
    const action = asyncScheduler.schedule(callback, ms);
    return () => action.unsubscribe();
  },
  soon: (callback) => void setImmediate(callback),
};

/** The clock of the edge: that of the process, and within a run in virtual time that of the run. */
export let defaultClock = processClock;

watchVirtualTime((time) => (defaultClock = time?.clock ?? processClock));
