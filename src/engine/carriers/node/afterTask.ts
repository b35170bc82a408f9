import process from 'node:process';

const nextTick = process.nextTick.bind(process); // the original, from load time: fake timers must not hold back written messages

/** Calls back after the current task, before I/O. */
export function afterTask(callback: () => void): void {
  nextTick(callback);
}
