import { AsyncResource } from 'node:async_hooks';
import process from 'node:process';
import { shared } from '../../demand/shared.js';
import { provideContexts } from '../../internal/callerContext.js';
import { watchWorlds } from '../../internal/worlds.js';
import { Flusher } from '../connections/Flusher.js';
import { InprocNames } from '../connections/InprocNames.js';
import { Loop } from '../connections/Loop.js';
import type { EngineContext } from '../EngineContext.js';
import { ipcCarrier } from './ipc.js';
import { OtherThreads } from './OtherThreads.js';
import { tcpCarrier } from './tcp.js';

const nextTick = process.nextTick.bind(process); // as it is at load: fake timers must not stop what was written

/**
 * The surroundings of a thread of Node: tcp, ipc, and the inproc names it has, which all copies of the package share. What was written leaves in `nextTick`: after the
 * task that wrote it, before I/O; microtasks would come between a producer's promises, and cost a write each.
 */
const threadContext: EngineContext = {
  carriers: { tcp: tcpCarrier, ipc: ipcCarrier },
  inproc: shared('inproc.1', new InprocNames(new OtherThreads())),
  loop: shared('loop.1', new Loop()),
  flusher: new Flusher((callback) => nextTick(callback)),
  loadCurve: async () => (await import('./curvePrimitives.js')).loadCurvePrimitives(),
};

/** The surroundings that sockets are opened in: those of the thread, and within a run in virtual time those of the run. */
export let nodeContext = threadContext;

provideContexts(() => new AsyncResource('rxzmq'));

watchWorlds((world) => (nodeContext = world?.context ?? threadContext));
