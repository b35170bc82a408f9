import { ChannelPattern } from './patterns/pair/ChannelPattern.js';
import { ClientPattern } from './patterns/clientserver/ClientPattern.js';
import { DealerPattern } from './patterns/reqrep/DealerPattern.js';
import { DishPattern } from './patterns/pubsub/DishPattern.js';
import { GatherPattern } from './patterns/pipeline/GatherPattern.js';
import { PairPattern } from './patterns/pair/PairPattern.js';
import { patternFactory } from './patterns/patternFactory.js';
import { PeerPattern } from './patterns/clientserver/PeerPattern.js';
import { PubPattern } from './patterns/pubsub/PubPattern.js';
import { PullPattern } from './patterns/pipeline/PullPattern.js';
import { PushPattern } from './patterns/pipeline/PushPattern.js';
import { RadioPattern } from './patterns/pubsub/RadioPattern.js';
import { RepPattern } from './patterns/reqrep/RepPattern.js';
import { ReqPattern } from './patterns/reqrep/ReqPattern.js';
import { RouterPattern } from './patterns/reqrep/RouterPattern.js';
import { ScatterPattern } from './patterns/pipeline/ScatterPattern.js';
import { ServerPattern } from './patterns/clientserver/ServerPattern.js';
import { StreamPattern } from './patterns/reqrep/StreamPattern.js';
import { SubPattern } from './patterns/pubsub/SubPattern.js';
import { XPubPattern } from './patterns/pubsub/XPubPattern.js';
import { XSubPattern } from './patterns/pubsub/XSubPattern.js';

/** Creates the pattern of any socket type. */
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
