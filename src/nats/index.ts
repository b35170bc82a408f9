import { registerNats } from './page/registerNats.js';

export { dpstream, type DpstreamOptions } from '../codecs/dpstream.js';
export { acknowledge } from '../endpoints/receiving/acknowledge.js';
export { registerNats } from './page/registerNats.js';
export { NatsLoadError, NoRespondersError } from '../errors.js';
export type { Telemetry, TelemetryInput, TelemetryRecord } from '../dpstream/Telemetry.js';
export type { NatsOptions, NatsTls } from '../driver/NatsSettings.js';

registerNats();
