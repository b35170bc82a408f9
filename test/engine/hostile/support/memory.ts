import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The bytes in use, once what nobody refers to is gone. */
export async function memoryInUse(): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < 4; i += 1) {
    await new Promise((resolve) => setImmediate(resolve)); // what ended in this turn is let go of
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
}

/** How many there are of what keeps the process alive. */
export function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
