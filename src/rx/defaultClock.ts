import { asyncScheduler } from 'rxjs';
import { getTimestampNs } from '../time/getTimestampNs.js';
import type { Clock } from '../time/Clock.js';
import { nextTask } from '../time/nextTask.js';
import { watchVirtualTime } from '../time/VirtualTime.js';

const { performance } = globalThis; // as it is at load: fake timers must not stop it
const dateMs = Date.now;
/** Timers of the system come up to so much early, in ms. What comes earlier is no timer of the system. */
const EARLY_MS = 2;

/** What the time was when it was last read, and by how much the two times in force had gone on. */
let now = 0;
let lastReal = performance.now();
let lastTimer = asyncScheduler.now();

/** Whether the time that timers go by is not that of the system: TestScheduler, or fake timers that fake `Date` as well. */
function isVirtual(timerMs: number): boolean {
  return Math.abs(timerMs - dateMs()) > EARLY_MS;
}

/** Goes on with the time that timers go by; that of the system by its steady clock, as the other one may be set. */
function readNow(): number {
  const [real, timer] = [performance.now(), asyncScheduler.now()];
  const passed = isVirtual(timer) ? timer - lastTimer : real - lastReal;
  lastReal = real;
  lastTimer = timer;
  if (passed > 0) now += passed;
  return now;
}

/** Deadlines go by RxJS's `asyncScheduler`, so that TestScheduler and fake timers drive them. */
const processClock: Clock = {
  now: readNow,
  realMs: () => performance.now(),
  wallNs: getTimestampNs,
  after(ms, callback) {
    const dueAt = readNow() + ms;
    const reallyDueAt = lastReal + ms;
    const action = asyncScheduler.schedule(() => {
      isDriven = performance.now() < reallyDueAt - EARLY_MS;
      if (isDriven) now = Math.max(readNow(), dueAt); // where only the timers are fake, the time is what they say
      try {
        callback();
      } finally {
        isDriven = false;
      }
    }, ms);
    return () => action.unsubscribe();
  },
  soon: nextTask,
  afterIO: (callback) => {
    if (isDriven || isVirtual(asyncScheduler.now())) callback();
    else nextTask(callback);
  },
};

/** The timer that is being called came before its time. */
let isDriven = false;

/** The clock of the edge: that of the process, and within a run in virtual time that of the run. */
export let defaultClock = processClock;

watchVirtualTime((time) => (defaultClock = time?.clock ?? processClock));
