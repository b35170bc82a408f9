import type { Carrier } from '../carriers/Carrier.js';
import type { CurvePrimitives } from '../zmtp/Cipher.js';
import type { Flusher } from './Flusher.js';
import type { InprocNames } from './InprocNames.js';
import type { ChannelConnector } from '../web/Channel.js';
import type { WebRoutes } from '../web/WebRoutes.js';
import type { Loop } from './Loop.js';

/** The surroundings of sockets: what they reach each other through. */
export interface EngineContext {
  /** By transport: `tcp`. inproc is none of them. */
  readonly carriers: Readonly<Record<string, Carrier>>;
  readonly inproc: InprocNames;
  /** Runs what sockets in one process do to each other, one thing after the other. */
  readonly loop: Loop;
  /** Sends what was written once the running task is done. */
  readonly flusher: Flusher;
  /** Connects WebSockets; `undefined`: there are none here. */
  readonly channels?: ChannelConnector | undefined;
  /** The sockets that are bound at gateways; `undefined`: there are no gateways here. */
  readonly routes?: WebRoutes | undefined;
  /** A number from 0 up to 1, for the spread of reconnects. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** Loads what CURVE needs. */
  loadCurve(): Promise<CurvePrimitives>;
}
