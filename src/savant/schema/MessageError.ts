import { RxZmqError } from '../../errors.js';

/**
 * A message that cannot be sent because its peer would fail on it, or bytes that are not a message.
 *
 * `path` names the field: `payload.objects[2].detectionBox` when sending, `VideoObject.detectionBox` when receiving.
 */
export class MessageError extends RxZmqError {
  override readonly name = 'MessageError';
  readonly code = 'ERR_MESSAGE';

  constructor(
    /** The wrong field; empty if the bytes themselves are broken. */
    readonly path: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
