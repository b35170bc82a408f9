import { slot } from './slot.js';

/**
 * Runs a task after the running ones: reads and wake-ups never nest, so a loop of pipelines cannot overflow the stack, and no
 * consumer is called recursively. Tasks run without a current demand.
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
    if (tasks.length > 0) run(() => undefined); // a task threw: run the others all the same
  }
}

/** Whether other tasks wait for the running one: a reader then goes on after them. */
export function isAwaited(): boolean {
  return slot.tasks.length > slot.begun;
}

/** Finished tasks are removed when there are this many. */
const LONGEST = 1023;
