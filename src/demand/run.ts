import { slot } from './slot.js';

/**
 * Runs a task, after those that run now: reads and wake-ups never nest, so that no loop of pipelines can exhaust the
 * stack and no consumer is called while it is being called. Tasks run outside any demand.
 */
export function run(task: () => void): void {
  const { tasks } = slot;
  tasks.push(task);
  if (slot.running) return;
  const { current, asked } = slot;
  slot.running = true;
  slot.current = undefined;
  slot.asked = undefined;
  try {
    for (let i = 0; i < tasks.length; i += 1) {
      tasks[i]?.();
      if (i === LONGEST) {
        tasks.splice(0, i + 1);
        i = -1;
      }
    }
  } finally {
    tasks.length = 0;
    slot.running = false;
    slot.current = current;
    slot.asked = asked;
  }
}

/** Done tasks are thrown away when there are so many. */
const LONGEST = 1023;
