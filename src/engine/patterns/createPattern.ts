import { ChannelPattern } from './ChannelPattern.js';
import { ClientPattern } from './ClientPattern.js';
import { DealerPattern } from './DealerPattern.js';
import { DishPattern } from './DishPattern.js';
import { GatherPattern } from './GatherPattern.js';
import { PairPattern } from './PairPattern.js';
import { patternFactory } from './patternFactory.js';
import { PeerPattern } from './PeerPattern.js';
import { PubPattern } from './PubPattern.js';
import { PullPattern } from './PullPattern.js';
import { PushPattern } from './PushPattern.js';
import { RadioPattern } from './RadioPattern.js';
import { RepPattern } from './RepPattern.js';
import { ReqPattern } from './ReqPattern.js';
import { RouterPattern } from './RouterPattern.js';
import { ScatterPattern } from './ScatterPattern.js';
import { ServerPattern } from './ServerPattern.js';
import { StreamPattern } from './StreamPattern.js';
import { SubPattern } from './SubPattern.js';
import { XPubPattern } from './XPubPattern.js';
import { XSubPattern } from './XSubPattern.js';

/** Makes the pattern of any socket type. */
export const createPattern = /* @__PURE__ */ patternFactory({
  pair: PairPattern,
  pub: PubPattern,
  sub: SubPattern,
  req: ReqPattern,
  rep: RepPattern,
  dealer: DealerPattern,
  router: RouterPattern,
  pull: PullPattern,
  push: PushPattern,
  xpub: XPubPattern,
  xsub: XSubPattern,
  stream: StreamPattern,
  server: ServerPattern,
  client: ClientPattern,
  radio: RadioPattern,
  dish: DishPattern,
  gather: GatherPattern,
  scatter: ScatterPattern,
  peer: PeerPattern,
  channel: ChannelPattern,
});
