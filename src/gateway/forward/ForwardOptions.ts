import type { Codec } from '../../codecs/Codec.js';
import { isCodec } from '../../codecs/codecOptions.js';
import type { StatusObserver } from '../../endpoints/status/statusReporter.js';
import { isBoolean, isOneOf, type Rule, type Rules } from '../../options/rules.js';
import { isListener } from '../../rx/notifier.js';
import type { Security } from '../../security/Security.js';
import { isSecurity } from '#platform';

/** What pages do at a forwarded path. */
export type PageSide = 'sub' | 'pull' | 'push' | 'request';

/** Options of {@link Gateway.forward}. */
export interface ForwardOptions {
  /** The codec that must be able to decode messages of pages; `raw` accepts all. @default sigs */
  readonly codec?: Codec<unknown, never, unknown> | undefined;
  /** `'sub'`: the upstream subscriptions, independent of those of pages. @default everything */
  readonly topics?: readonly (string | Uint8Array)[] | undefined;
  /** The security of the upstream socket. @default NULL */
  readonly security?: Security | undefined;
  /** `true`: bind the endpoints; `false`: connect to them. @default false */
  readonly bind?: boolean | undefined;
  /** Receives the events of both sockets: the upstream socket and the one for pages. */
  readonly status?: StatusObserver | undefined;
}

/** Something that can be closed. */
export interface Closeable extends AsyncDisposable {
  /**
   * Ends the forward: received messages are still sent, for a second. Resolves when both sockets are closed; then the path is free for
   * `at` or another `forward`. Idempotent.
   */
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
