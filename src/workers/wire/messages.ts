/** What a worker is told. */
export type ToWorker =
  /** Its next value. It comes when the one before is done. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** One of the results that a generator gave has been taken: it may be asked for another. */
  | { readonly kind: 'taken' };

/** What a worker tells. */
export type FromWorker =
  | { readonly kind: 'ready' }
  /** The one result of its value: with it, it is done. */
  | { readonly kind: 'result'; readonly result: unknown }
  /** One of several results. */
  | { readonly kind: 'next'; readonly result: unknown }
  | { readonly kind: 'done' }
  /** The stage has thrown. */
  | { readonly kind: 'error'; readonly error: SentError }
  /** Something could not be copied: `place` says what of it. */
  | { readonly kind: 'uncloneable'; readonly place: string; readonly reason: string }
  /** The module cannot be loaded. */
  | { readonly kind: 'unloadable'; readonly error: SentError }
  /** The module is loaded, and has no stage; these are the names that it exports. */
  | { readonly kind: 'noStage'; readonly names: readonly string[] };

/** What was thrown, in parts that survive the way. */
export type SentError =
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** `undefined`: it has none. */
      readonly cause?: SentError | undefined;
      /** Of an AggregateError. */
      readonly errors?: readonly SentError[] | undefined;
      /** What else it says of itself, such as `code`. */
      readonly fields: Readonly<Record<string, unknown>>;
    };
