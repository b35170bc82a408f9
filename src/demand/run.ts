import { slot } from './slot.js';

/**
 * Runs a task, after those that run now: reads and wake-ups never nest, so that no loop of pipelines can exhaust the
 * stack and no consumer is called while it is being called.
 */
export function run(task: () => void): void {
  const { tasks } = slot;
  tasks.push(task);
  if (slot.running) return;
  slot.running = true;
  try {
    for (let i = 0; i < tasks.length; i += 1) {
      tasks[i]?.();
      if (i === 1023) {
        tasks.splice(0, i + 1);
        i = -1;
      }
    }
  } finally {
    tasks.length = 0;
    slot.running = false;
  }
}
