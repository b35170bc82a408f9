import type { Driver, SocketSettings } from '../driver/Socket.js';
import type { EngineContext } from './context/EngineContext.js';
import type { AnySocketSettings } from '../driver/AnySocketSettings.js';
import { EngineSocket } from './EngineSocket.js';
import { DealerPattern } from './patterns/reqrep/DealerPattern.js';
import { patternFactory } from './patterns/patternFactory.js';
import { PubPattern } from './patterns/pubsub/PubPattern.js';
import { PullPattern } from './patterns/pipeline/PullPattern.js';
import { PushPattern } from './patterns/pipeline/PushPattern.js';
import { RouterPattern } from './patterns/reqrep/RouterPattern.js';
import { SubPattern } from './patterns/pubsub/SubPattern.js';

/** The types that sources and sinks stand on: a program that has no others carries no others. */
const createPattern = /* @__PURE__ */ patternFactory({
  pub: PubPattern,
  sub: SubPattern,
  pull: PullPattern,
  push: PushPattern,
  dealer: DealerPattern,
  router: RouterPattern,
});

/**
 * Opens sockets of the engine for sources and sinks: connecting ones hand messages to peers that are there, and to no other.
 *
 * @param context the surroundings of a socket that is opened now
 */
export function engineDriver(context: () => EngineContext): Driver {
  return {
    open: (settings, listener) => new EngineSocket(context(), createPattern, engineSettings(settings), listener),
  };
}

function engineSettings({ noDrop, driver: _, ...settings }: SocketSettings): AnySocketSettings {
  return { ...settings, requiresPeer: true, options: { noDrop } };
}
