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
  let done = 0;
  try {
    while (done < tasks.length) {
      if (done > LONGEST) {
        tasks.splice(0, done);
        done = 0;
      }
      done += 1;
      tasks[done - 1]?.();
    }
  } finally {
    if (done < tasks.length) tasks.splice(0, done);
    else tasks.length = 0;
    slot.running = false;
    slot.current = current;
    slot.asked = asked;
    if (tasks.length > 0) run(() => undefined); // one threw: the others run all the same
  }
}

/** Done tasks are thrown away when there are so many. */
const LONGEST = 1023;
