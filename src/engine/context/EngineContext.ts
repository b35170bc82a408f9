import type { Carrier } from '../carriers/Carrier.js';
import type { CurvePrimitives } from '../zmtp/Cipher.js';
import type { Flusher } from './Flusher.js';
import type { InprocNames } from './InprocNames.js';
import type { ChannelConnector } from '../web/Channel.js';
import type { WebRoutes } from '../web/WebRoutes.js';
import type { Loop } from './Loop.js';

/** The services that sockets share, and through which they reach each other. */
export interface EngineContext {
  /** By transport, such as `tcp`. inproc is not one of them. */
  readonly carriers: Readonly<Record<string, Carrier>>;
  readonly inproc: InprocNames;
  /** Runs the calls between sockets of one process, one after the other. */
  readonly loop: Loop;
  /** Sends the written messages once the running task is done. */
  readonly flusher: Flusher;
  /** Connects WebSockets; `undefined`: they are not supported here. */
  readonly channels?: ChannelConnector | undefined;
  /** The sockets that are bound at gateways; `undefined`: gateways are not supported here. */
  readonly routes?: WebRoutes | undefined;
  /** Returns a number from 0 up to 1, to spread reconnects over time. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** Loads the cryptography for CURVE. */
  loadCurve(): Promise<CurvePrimitives>;
}
