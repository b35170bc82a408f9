import { slot } from '../demand/slot.js';

/** Runs an action outside any pipeline: reads and notifications in it do not wait for the consumer of the caller. */
export function withOwnDemand(action: () => void): void {
  const { current, here, asked, running, begun } = slot;
  const tasks = slot.tasks.splice(0);
  Object.assign(slot, { current: undefined, here: undefined, asked: undefined, running: false, begun: 0 });
  try {
    action();
  } finally {
    slot.tasks.splice(0, Infinity, ...tasks);
    Object.assign(slot, { current, here, asked, running, begun });
  }
}
