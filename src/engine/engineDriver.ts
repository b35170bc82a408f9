import type { Driver, SocketSettings } from '../internal/Socket.js';
import { nodeContext } from './carriers/nodeContext.js';
import type { EngineSettings } from './EngineSettings.js';
import { EngineSocket } from './EngineSocket.js';
import { DealerPattern } from './patterns/DealerPattern.js';
import { patternFactory } from './patterns/patternFactory.js';
import { PubPattern } from './patterns/PubPattern.js';
import { PullPattern } from './patterns/PullPattern.js';
import { PushPattern } from './patterns/PushPattern.js';
import { RouterPattern } from './patterns/RouterPattern.js';
import { SubPattern } from './patterns/SubPattern.js';

/** The types that sources and sinks stand on: a program that has no others carries no others. */
const createPattern = /* @__PURE__ */ patternFactory({
  pub: PubPattern,
  sub: SubPattern,
  pull: PullPattern,
  push: PushPattern,
  dealer: DealerPattern,
  router: RouterPattern,
});

/** Opens sockets of the engine for sources and sinks: connecting ones hand messages to peers that are there, and to no other. */
export const engineDriver: Driver = {
  open: (settings, listener) => new EngineSocket(nodeContext, createPattern, engineSettings(settings), listener),
};

function engineSettings({ noDrop, driver: _, ...settings }: SocketSettings): EngineSettings {
  return { ...settings, holds: true, options: { noDrop } };
}
