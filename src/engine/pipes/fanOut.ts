import type { Parts } from '../../basics/Parts.js';
import type { Pipe, SharedMessage, Sharing } from './Pipe.js';

/** Queues a message at each writable pipe, encoded once for all pipes of a kind. Returns how many pipes miss it: they are not writable. */
export function fanOut(pipes: readonly Pipe[], parts: Parts, owned: boolean): number {
  if (pipes.length === 1) return toOne(pipes[0]!, parts, owned);
  let missed = 0;
  let kind: Sharing | undefined;
  let message: SharedMessage | undefined;
  let others: Map<Sharing, SharedMessage> | undefined;
  for (const pipe of pipes) {
    const { sharing } = pipe;
    if (!pipe.writable) {
      missed += 1;
      pipe.missed?.();
    } else if (sharing === undefined) {
      pipe.write(parts, false); // within a process each pipe gets its own copy
    } else if (sharing === (kind ??= sharing)) {
      (message ??= sharing.message(parts, owned)).to(pipe);
    } else {
      others ??= new Map();
      const other = others.get(sharing) ?? sharing.message(parts, owned);
      others.set(sharing, other);
      other.to(pipe);
    }
  }
  return missed;
}

function toOne(pipe: Pipe, parts: Parts, owned: boolean): number {
  if (pipe.writable) {
    pipe.write(parts, owned);
    return 0;
  }
  pipe.missed?.();
  return 1;
}
