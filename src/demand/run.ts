import { slot } from './slot.js';

/**
 * Runs a task, after those that run now: reads and wake-ups never nest, so that no loop of pipelines can exhaust the
 * stack and no consumer is called while it is being called. Tasks run outside any demand.
 */
export function run(task: () => void): void {
  const { tasks } = slot;
  tasks.push(task);
  if (slot.running) return;
  const { current, here, asked, delivery } = slot;
  slot.running = true;
  slot.current = slot.here = slot.asked = undefined;
  slot.delivery = null;
  try {
    while (slot.begun < tasks.length) {
      if (slot.begun > LONGEST) {
        tasks.splice(0, slot.begun);
        slot.begun = 0;
      }
      slot.begun += 1;
      tasks[slot.begun - 1]?.();
    }
  } finally {
    tasks.splice(0, slot.begun);
    slot.begun = 0;
    slot.running = false;
    slot.current = current;
    slot.here = here;
    slot.asked = asked;
    slot.delivery = delivery;
    if (tasks.length > 0) run(() => undefined); // one threw: the others run all the same
  }
}

/** Whether further tasks wait for the one that runs: a reader then reads on after them. */
export function isAwaited(): boolean {
  return slot.tasks.length > slot.begun;
}

/** Done tasks are thrown away when there are so many. */
const LONGEST = 1023;
