/** Messages to a worker. */
export type ToWorker =
  /** Its next value, sent when the last one is done. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** A result of a generator was accepted: the worker may pull another one. */
  | { readonly kind: 'taken' };

/** Messages from a worker. */
export type FromWorker =
  | { readonly kind: 'ready' }
  /** The only result of its value, which is then done. */
  | { readonly kind: 'result'; readonly result: unknown }
  /** One of several results. */
  | { readonly kind: 'next'; readonly result: unknown }
  | { readonly kind: 'done' }
  /** The stage has thrown. */
  | { readonly kind: 'error'; readonly error: SentError }
  /** Something could not be copied: `place` says which part. */
  | { readonly kind: 'uncloneable'; readonly place: string; readonly reason: string }
  /** The module cannot be loaded. */
  | { readonly kind: 'unloadable'; readonly error: SentError }
  /** The module is loaded, and has no stage; these are the names that it exports. */
  | { readonly kind: 'noStage'; readonly names: readonly string[] };

/** A thrown value, in a form that can be posted without loss. */
export type SentError =
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** `undefined`: there is none. */
      readonly cause?: SentError | undefined;
      /** Of an AggregateError. */
      readonly errors?: readonly SentError[] | undefined;
      /** Its other properties, such as `code`. */
      readonly fields: Readonly<Record<string, unknown>>;
    };
