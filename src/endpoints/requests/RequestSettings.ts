import type { Codec } from '../../codecs/Codec.js';
import type { OpenSettings } from '../../driver/Driver.js';
import type { StampSettings } from '../../frame/createStamp.js';

/** What requests share. */
export interface RequestSettings {
  readonly of: string;
  readonly socket: OpenSettings;
  readonly codec: Codec<unknown>;
  readonly stamp: StampSettings;
  readonly zeroCopy: boolean;
  /** For each try, from its handover to a connected peer, in ms. */
  readonly timeoutMs: number;
  /** For each try, how long it may wait for a connected peer, in ms. */
  readonly connectTimeoutMs: number;
  readonly retries: number;
  /** To whom requests carry a number. To the others nothing but the order of things says which reply is whose. */
  readonly correlate: Correlation;
  readonly lingerMs: number;
}

/**
 * `'known'`: all but ROUTERs that do not say they keep envelopes; only one request may be under way. `'all'`: those as well, and
 * whoever waits for them in vain hears why that may be.
 */
export type Correlation = 'always' | 'never' | 'known' | 'all';
