import { DealerPattern } from './patterns/reqrep/DealerPattern.js';
import { patternFactory } from './patterns/patternFactory.js';
import { PubPattern } from './patterns/pubsub/PubPattern.js';
import { PullPattern } from './patterns/pipeline/PullPattern.js';
import { PushPattern } from './patterns/pipeline/PushPattern.js';
import { RouterPattern } from './patterns/reqrep/RouterPattern.js';
import { SubPattern } from './patterns/pubsub/SubPattern.js';

/** Creates the patterns that sources and sinks need, so that a program bundles no others. */
export const createEndpointPattern = /* @__PURE__ */ patternFactory({
  pub: PubPattern,
  sub: SubPattern,
  pull: PullPattern,
  push: PushPattern,
  dealer: DealerPattern,
  router: RouterPattern,
});
