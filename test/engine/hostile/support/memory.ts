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

/** How many connections of node:net there are, both ends. */
export function connectionsOpen(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
}
