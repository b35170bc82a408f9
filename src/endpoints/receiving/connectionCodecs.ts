import type { Codec } from '../../codecs/Codec.js';
import { StreamTable } from '../../frame/StreamTable.js';

/** Connections come and go. Above the number that a socket accepts at a time, the one that was silent for longest is forgotten. */
const MAX_CONNECTIONS = 10_000;

/** Returns the function that finds the codec of a connection: each has its own, if the codec can be opened. */
export function connectionCodecs<T, I, P>(codec: Codec<T, I, P>): (from: number | undefined) => Codec<T, I, P> {
  if (codec.open === undefined) return () => codec;
  const codecs = new StreamTable(MAX_CONNECTIONS, (peer) => codec.open!(peer));
  return (from) => codecs.of(from, 0);
}
