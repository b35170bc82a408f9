import { attributed } from '../../basics/attributed.js';
import { aside } from '../../demand/aside.js';
import type { Demand } from '../../demand/types.js';
import { CodecError, type RxZmqError } from '../../errors.js';
import { isEither, isFunction, isOneOf, type Rule } from '../../options/rules.js';
import { describe } from '../../basics/describe.js';
import type { Socket } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { warn } from '../../basics/warn.js';

/** A message that the codec could not decode. */
export interface InvalidMessage {
  /** The reason: a FrameError or a CodecError. */
  readonly error: RxZmqError;
  /** The message as it was received. */
  readonly parts: readonly Uint8Array[];
  /** The endpoints of the socket that received it, joined by `', '`. */
  readonly endpoint: string;
}

/**
 * What to do with a message that cannot be decoded. `'skip'`: skip it (it is counted in `status`, with one process warning for
 * each subscription). `'error'`: end the stream with its error. A function is called with it (and it is counted).
 */
export type OnInvalid = 'skip' | 'error' | ((message: InvalidMessage) => void);

export const isOnInvalid: Rule = isEither(isOneOf('skip', 'error'), isFunction);

/** Creates the handler of one subscription. */
export function invalidHandler(
  of: string,
  onInvalid: OnInvalid,
  notify: (status: SocketStatus) => void,
  out: { error(error: unknown): void; readonly below?: Demand | undefined },
): (socket: Pick<Socket, 'id' | 'endpoint'>, cause: unknown, parts: readonly Uint8Array[]) => void {
  let count = 0;
  return ({ id: socketId, endpoint }, cause, parts) => {
    count += 1;
    const error = asError(cause);
    const { message: reason } = error;
    attributed(error, of, endpoint);
    notify({ kind: 'invalid', endpoint, socketId, reason, error, count });
    if (onInvalid === 'error') {
      out.error(error);
    } else if (onInvalid === 'skip') {
      if (count === 1)
        warn(`${of} ${endpoint} skipped an invalid message: ${reason}; option 'status' reports further ones`);
    } else {
      try {
        aside(out.below, () => onInvalid({ error, parts, endpoint }));
      } catch (thrown) {
        out.error(thrown);
      }
    }
  };
}

/** The codec of a user may throw anything. */
function asError(cause: unknown): RxZmqError {
  const { code } = (cause ?? {}) as Partial<RxZmqError>;
  if (cause instanceof Error && (code === 'ERR_FRAME' || code === 'ERR_CODEC')) return cause as RxZmqError;
  return new CodecError(cause instanceof Error ? cause.message : describe(cause), { cause });
}
