/** The two methods of an iterator that a reader needs, and a way to end a pending `next`. */
export interface Iterated<T> {
  next(): IteratorResult<T> | PromiseLike<IteratorResult<T>>;
  return?(): unknown;
  /** Ends it while a `next` is pending; the `return` of most iterators would wait for that. */
  abort?(): unknown;
}

interface Reader<T> {
  read(): Promise<IteratorResult<T>>;
  cancel(): Promise<void>;
  releaseLock(): void;
}

/** An iterator of an iterable, an async iterable, or a Node or web stream. */
export function iteratorOf<T>(iterable: Iterable<T> | AsyncIterable<T>): Iterated<T> {
  const stream = iterable as Partial<AsyncIterable<T>> & {
    getReader?(): Reader<T>;
    destroy?(): unknown;
    readonly readable?: unknown;
  };
  if (typeof stream.getReader === 'function') return webIterator(stream.getReader());
  const async = stream[Symbol.asyncIterator];
  if (async === undefined) return (iterable as Iterable<T>)[Symbol.iterator]();
  const iterator: AsyncIterator<T> = async.call(stream);
  const isNodeStream = typeof stream.destroy === 'function' && 'readable' in stream;
  return {
    next: () => iterator.next(),
    return: () => iterator.return?.(),
    ...(isNodeStream && { abort: () => stream.destroy?.() }),
  };
}

/** Uses a reader: cancelling it ends a pending read, for which the stream's own iterator would wait. */
function webIterator<T>(reader: Reader<T>): Iterated<T> {
  const cancel = (): Promise<void> => reader.cancel().finally(() => reader.releaseLock());
  return {
    next: () =>
      reader.read().then((result) => {
        if (result.done) reader.releaseLock();
        return result;
      }),
    return: cancel,
    abort: cancel,
  };
}
