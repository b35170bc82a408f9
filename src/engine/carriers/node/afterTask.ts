import process from 'node:process';

const nextTick = process.nextTick.bind(process); // as it is at load: fake timers must not stop what was written

/** Calls back after the task that runs now, before I/O. */
export function afterTask(callback: () => void): void {
  nextTick(callback);
}
