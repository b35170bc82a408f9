import type { Row } from '../runner/Row.js';
import { bundle } from './bundle.js';
import { demand } from './demand.js';
import { doppler } from './doppler.js';
import { fanIn } from './fanIn.js';
import { fanOut } from './fanOut.js';
import { fromSender } from './fromSender.js';
import { growthOperators } from './growthOperators.js';
import { growthStreams } from './growthStreams.js';
import { memory } from './memory.js';
import { natsPubSub } from './natsPubSub.js';
import { natsPushPull } from './natsPushPull.js';
import { natsRequest } from './natsRequest.js';
import { offload } from './offload.js';
import { pushPull } from './pushPull.js';
import { radio } from './radio.js';
import { request } from './request.js';
import { sameWork } from './sameWork.js';
import { savant } from './savant.js';
import { savantMessages } from './savantMessages.js';
import { scope } from './scope.js';
import { stalledRelay } from './stalledRelay.js';
import { timerGap } from './timerGap.js';
import { webPage } from './webPage.js';
import { webWindow } from './webWindow.js';

/** In the order of the table. */
export const rows: readonly Row[] = [
  radio,
  pushPull,
  fromSender,
  sameWork,
  doppler,
  fanIn,
  fanOut,
  request,
  demand,
  growthStreams,
  growthOperators,
  offload,
  timerGap,
  memory,
  stalledRelay,
  savant,
  savantMessages,
  natsPushPull,
  natsPubSub,
  natsRequest,
  webPage,
  webWindow,
  scope,
  bundle,
];
