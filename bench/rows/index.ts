import type { Row } from '../runner/Row.js';
import { doppler } from './doppler.js';
import { fromSender } from './fromSender.js';
import { memory } from './memory.js';
import { pushPull } from './pushPull.js';
import { request } from './request.js';
import { stalledRelay } from './stalledRelay.js';
import { timerGap } from './timerGap.js';

/** In the order of the table. */
export const rows: readonly Row[] = [fromSender, pushPull, doppler, request, timerGap, memory, stalledRelay];
