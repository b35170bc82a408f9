import { asyncScheduler } from 'rxjs';
import { getTimestampNs } from '../time/getTimestampNs.js';
import type { Clock } from '../time/Clock.js';
import { nextTask } from '../time/nextTask.js';
import { watchVirtualTime } from '../time/VirtualTime.js';

const performance = globalThis.performance; // captured at load: fake timers must not stop it
const dateMs = Date.now;
/** System timers may fire this much early, in ms. A timer that fires earlier is not a system timer. */
const EARLY_MS = 2;

/** The time at the last reading, and the readings of both underlying clocks. */
let now = 0;
let lastReal = performance.now();
let lastTimer = asyncScheduler.now();

/** Whether timers do not use the system's time: TestScheduler, or fake timers that also fake `Date`. */
function isVirtual(timerMs: number): boolean {
  return Math.abs(timerMs - dateMs()) > EARLY_MS;
}

/** Advances with the time of the timers; for system time with the monotonic clock, as the wall clock may be set. */
function readNow(): number {
  const [real, timer] = [performance.now(), asyncScheduler.now()];
  const passed = isVirtual(timer) ? timer - lastTimer : real - lastReal;
  lastReal = real;
  lastTimer = timer;
  if (passed > 0) now += passed;
  return now;
}

/** Deadlines use RxJS's `asyncScheduler`, so that TestScheduler and fake timers drive them. */
const processClock: Clock = {
  now: readNow,
  realMs: () => performance.now(),
  wallNs: getTimestampNs,
  after(ms, callback) {
    const dueAt = readNow() + ms;
    const reallyDueAt = lastReal + ms;
    const action = asyncScheduler.schedule(() => {
      isDriven = performance.now() < reallyDueAt - EARLY_MS;
      if (isDriven) now = Math.max(readNow(), dueAt); // if only the timers are fake, they determine the time
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

/** The running timer fired early. */
let isDriven = false;

/** The clock of public functions: that of the process, and within a run in virtual time that of the run. */
export let defaultClock: Clock =
  watchVirtualTime((time) => (defaultClock = time?.clock ?? processClock))?.clock ?? processClock;
