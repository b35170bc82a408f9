import { afterTask } from '../../src/engine/carriers/node/afterTask.js';
import { ipcCarrier } from '../../src/engine/carriers/node/ipc.js';
import { tcpCarrier } from '../../src/engine/carriers/node/tcp.js';
import type { EngineContext } from '../../src/engine/context/EngineContext.js';
import { Flusher } from '../../src/engine/context/Flusher.js';
import { InprocNames } from '../../src/engine/context/InprocNames.js';
import { Loop } from '../../src/engine/context/Loop.js';

/** Surroundings on Node that no other socket shares. */
export function nodeContext(): EngineContext {
  return {
    carriers: { tcp: tcpCarrier, ipc: ipcCarrier },
    inproc: new InprocNames(),
    loop: new Loop(),
    flusher: new Flusher(afterTask),
    loadCurve: () => Promise.reject(new Error('not here')),
  };
}
