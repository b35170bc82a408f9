import type { Codec } from '../../codecs/Codec.js';
import type { OpenSettings } from '../../driver/Driver.js';
import type { StampSettings } from '../../frame/createStamp.js';

/** The settings of all requests of one client. */
export interface RequestSettings {
  readonly of: string;
  readonly socket: OpenSettings;
  readonly codec: Codec<unknown>;
  readonly stamp: StampSettings;
  readonly zeroCopy: boolean;
  /** For each try, from when it was handed to a connected peer, in ms. */
  readonly timeoutMs: number;
  /** For each try, how long it may wait for a connected peer, in ms. */
  readonly connectTimeoutMs: number;
  readonly retries: number;
  /** Which peers get requests with a number. For the others, only the order tells to which request a reply belongs. */
  readonly correlate: Correlation;
  readonly lingerMs: number;
}

/**
 * `'known'`: all peers except ROUTERs that do not announce that they keep envelopes; only one request may be in flight.
 * `'all'`: also those ROUTERs; the time-out error of a request then names this as the possible cause.
 */
export type Correlation = 'always' | 'never' | 'known' | 'all';
