import process from 'node:process';
import { watchWorlds } from '../time/VirtualTime.js';
import { Flusher } from '../engine/context/Flusher.js';
import { InprocNames } from '../engine/context/InprocNames.js';
import { Loop } from '../engine/context/Loop.js';
import type { EngineContext } from '../engine/context/EngineContext.js';
import { ipcCarrier } from '../engine/carriers/node/ipc.js';
import { tcpCarrier } from '../engine/carriers/node/tcp.js';

const nextTick = process.nextTick.bind(process); // as it is at load: fake timers must not stop what was written

/**
 * The surroundings of a thread of Node: tcp, ipc, and the inproc names it has. What was written leaves in `nextTick`: after the
 * task that wrote it, before I/O; microtasks would come between a producer's promises, and cost a write each.
 */
const threadContext: EngineContext = {
  carriers: { tcp: tcpCarrier, ipc: ipcCarrier },
  inproc: new InprocNames(),
  loop: new Loop(),
  flusher: new Flusher((callback) => nextTick(callback)),
  loadCurve: async () => (await import('../engine/carriers/node/curvePrimitives.js')).loadCurvePrimitives(),
};

/** The surroundings that sockets are opened in: those of the thread, and within a run in virtual time those of the run. */
export let nodeContext = threadContext;

watchWorlds((world) => (nodeContext = world?.context ?? threadContext));
