import type { Codec } from '../../codecs/Codec.js';

/** Connections come and go. Above the number that a socket accepts at a time, the one that was silent for longest is forgotten. */
const MAX_CONNECTIONS = 10_000;

/** Returns the function that finds the codec of a connection: each has its own, if the codec can be opened. */
export function connectionCodecs<T, I, P>(codec: Codec<T, I, P>): (from: number | undefined) => Codec<T, I, P> {
  if (codec.open === undefined) return () => codec;
  /** In the order of their last use. */
  const codecs = new Map<number | undefined, Codec<T, I, P>>();
  let lastFrom: number | undefined;
  let last: Codec<T, I, P> | undefined;
  return (from) => {
    if (last !== undefined && from === lastFrom) return last;
    const own = codecs.get(from) ?? codec.open!(from);
    codecs.delete(from);
    codecs.set(from, own);
    if (codecs.size > MAX_CONNECTIONS) codecs.delete(codecs.keys().next().value);
    lastFrom = from;
    last = own;
    return own;
  };
}
