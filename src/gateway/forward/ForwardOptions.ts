import type { Codec } from '../../codecs/Codec.js';
import { isCodec } from '../../codecs/codecOptions.js';
import type { StatusObserver } from '../../endpoints/status/statusReporter.js';
import { isBoolean, isOneOf, type Rule, type Rules } from '../../options/rules.js';
import { isListener } from '../../rx/notifier.js';
import type { Security } from '../../security/Security.js';
import { isSecurity } from '#platform';

/** What pages do at a path that is forwarded. */
export type PageSide = 'sub' | 'pull' | 'push' | 'request';

/** Options of {@link Gateway.forward}. */
export interface ForwardOptions {
  /** What messages of pages must be: `raw` lets everything pass. @default sigs */
  readonly codec?: Codec<unknown, never, unknown> | undefined;
  /** `'sub'`: what is subscribed to upstream, whatever pages ask for. @default everything */
  readonly topics?: readonly (string | Uint8Array)[] | undefined;
  /** Security of the socket upstream. @default NULL */
  readonly security?: Security | undefined;
  /** Whether the endpoints are bound. @default false */
  readonly bind?: boolean | undefined;
  /** Hears what the two sockets tell: the one upstream and the one that pages meet. */
  readonly status?: StatusObserver | undefined;
}

/** What can be closed. */
export interface Closeable extends AsyncDisposable {
  /** Ends it: what has come is still sent, for a second. Resolves when both sockets are gone. Idempotent. */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

export const isPageSide: Rule = isOneOf('sub', 'pull', 'push', 'request');

const isTopics: Rule = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' || ArrayBuffer.isView(one))
    ? undefined
    : 'an array of at least one string or Uint8Array (leave it out to get all)';

/** The rules for {@link ForwardOptions}. */
export const forwardRules: Rules = {
  codec: isCodec,
  topics: isTopics,
  security: isSecurity,
  bind: isBoolean,
  status: isListener,
};
