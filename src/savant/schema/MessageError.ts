import { RxZmqError } from '../../errors.js';

/**
 * A message that cannot be sent because its peer would fail on it, or bytes that are no message.
 *
 * `path` names the field: `payload.objects[2].detectionBox` on the way out, `VideoObject.detectionBox` on the way in.
 */
export class MessageError extends RxZmqError {
  override readonly name = 'MessageError';
  readonly code = 'ERR_MESSAGE';

  constructor(
    /** The field that is wrong; empty where the bytes as such are broken. */
    readonly path: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
