// A stage with so much work for each frame, which offload.mjs runs in its own thread and on worker threads.
import { stage } from 'rxzmq/stage';

/** So many rounds take a microsecond or so: it is the work that is the same in all runs, and not its time. */
function work(first, rounds) {
  let sum = first;
  for (let i = 0; i < rounds; i += 1) for (let j = 0; j < 250; j += 1) sum += Math.sqrt(sum + j);
  return sum;
}

export default stage((frame, rounds) => {
  if (Number.isNaN(work(frame.samples[0], rounds))) throw new Error('no number');
  return frame;
});
