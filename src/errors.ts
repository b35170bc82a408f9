/** Base class of all errors of rxzmq. Match on `code`: `instanceof` fails across two copies of a package. */
export abstract class RxZmqError extends Error {
  /** A stable literal such as `'ERR_OPTION'`. */
  abstract readonly code: `ERR_${string}`;
}

/** An option has an unknown name, a wrong type, or a value out of range. Thrown at the call. */
export class OptionError extends RxZmqError {
  override readonly name = 'OptionError';
  readonly code = 'ERR_OPTION';

  constructor(
    /** The name of the option, as it was given; one in another option has both names: `'security.mechanism'`. */
    readonly option: string,
    /** The value that was given. */
    readonly value: unknown,
    message: string,
  ) {
    super(message);
  }
}

/** An endpoint has a wrong form, or a transport that its socket cannot use. Thrown at the call. */
export class EndpointError extends RxZmqError {
  override readonly name = 'EndpointError';
  readonly code = 'ERR_ENDPOINT';

  constructor(
    /** The value that was given as the endpoint. */
    readonly endpoint: unknown,
    message: string,
  ) {
    super(message);
  }
}

/** The operation of a socket that failed. */
export type SocketOperation = 'open' | 'bind' | 'connect' | 'send' | 'receive' | 'close' | 'request';

/** A socket failed. `cause` is the error of the driver, with its errno. */
export class SocketError extends RxZmqError {
  override readonly name = 'SocketError';
  readonly code = 'ERR_SOCKET';

  constructor(
    readonly operation: SocketOperation,
    readonly endpoint: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${operation} failed on ${endpoint}: ${reason}`, options);
  }
}

/** A codec could not encode or decode a message. `cause` is the error of the codec. */
export class CodecError extends RxZmqError {
  override readonly name = 'CodecError';
  readonly code = 'ERR_CODEC';
}

/** A request had no reply in time, and has no tries left. */
export class RequestTimeoutError extends RxZmqError {
  override readonly name = 'RequestTimeoutError';
  readonly code = 'ERR_REQUEST_TIMEOUT';

  constructor(
    readonly endpoints: readonly string[],
    /** The time-out of each try, in ms. */
    readonly timeoutMs: number,
    /** How many tries there were, including the first. */
    readonly tries: number,
    /** Whether a connected peer ever got it. `false`: no peer was connected; if a handshake failed, `cause` says why. */
    readonly sent: boolean,
    options?: ErrorOptions,
  ) {
    const where = endpoints.join(', ');
    const times = tries === 1 ? '1 try' : `${tries} tries`;
    const what = sent ? 'no reply from' : 'no peer at';
    super(`${what} ${where} within ${timeoutMs} ms (${times})${because(options)}`, options);
  }
}

/** A sink completed, but could not deliver all accepted frames: it made no progress for `lingerMs`. */
export class DrainError extends RxZmqError {
  override readonly name = 'DrainError';
  readonly code = 'ERR_DRAIN';

  constructor(
    readonly endpoints: readonly string[],
    readonly lingerMs: number,
    /** How many frames were left, as far as the driver knows; `undefined`: at least one. */
    readonly framesLeft: number | undefined,
    options?: ErrorOptions,
  ) {
    const many = framesLeft === undefined ? 'some frames' : framesLeft === 1 ? '1 frame' : `${framesLeft} frames`;
    super(`${many} left at ${endpoints.join(', ')} after ${lingerMs} ms without progress${because(options)}`, options);
  }
}

/**
 * Authentication failed: a wrong key or password, another mechanism, or a refusal by `authenticate` or an address list. The error
 * never contains a key or a password.
 */
export class SecurityError extends RxZmqError {
  override readonly name = 'SecurityError';
  readonly code = 'ERR_SECURITY';

  constructor(
    readonly endpoint: string,
    /** The mechanism of this side; `'null'` also without `security`, `'web'` where it shows a gateway a token. */
    readonly mechanism: 'null' | 'plain' | 'curve' | 'web',
    /** Why it failed, as far as this side can know. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`security (${mechanism.toUpperCase()}) failed on ${endpoint}: ${reason}`, options);
  }
}

/** A source that ignores back-pressure emitted more values than the consumer may queue; `bounded` above the consumer sets another policy. */
export class OverflowError extends RxZmqError {
  override readonly name = 'OverflowError';
  readonly code = 'ERR_OVERFLOW';

  constructor(
    /** How many values may be queued. */
    readonly limit: number,
    /** The consumer, such as `'toPush'`. */
    readonly consumer?: string | undefined,
    /** The endpoints of the consumer, if it has any. */
    readonly endpoints: readonly string[] = [],
  ) {
    const where = consumer === undefined ? '' : `${[consumer, endpoints.join(', ')].join(' ').trimEnd()}: `;
    super(
      `${where}more than ${limit} values wait, because the source ignores back-pressure; put bounded(...) before it, or slow the source`,
    );
  }
}

/** This driver, platform or socket type does not support the operation. The message says which one does. */
export class UnsupportedError extends RxZmqError {
  override readonly name = 'UnsupportedError';
  readonly code = 'ERR_UNSUPPORTED';
}

/**
 * A run in virtual time failed: something in it needs real time, never ends, or was left open at its end.
 */
export class VirtualTimeError extends RxZmqError {
  override readonly name = 'VirtualTimeError';
  readonly code = 'ERR_VIRTUAL_TIME';
}

/** The `zeromq` package, which the native driver needs, could not be loaded. */
export class NativeLoadError extends RxZmqError {
  override readonly name = 'NativeLoadError';
  readonly code = 'ERR_NATIVE_LOAD';
}

/** The packages that `nats://` endpoints stand on could not be loaded. */
export class NatsLoadError extends RxZmqError {
  override readonly name = 'NatsLoadError';
  readonly code = 'ERR_NATS_LOAD';
}

/** Nobody answers requests there, as the server says at once. Only over NATS. */
export class NoRespondersError extends RxZmqError {
  override readonly name = 'NoRespondersError';
  readonly code = 'ERR_NO_RESPONDERS';

  constructor(readonly endpoint: string) {
    super(`no server answers requests at ${endpoint}`);
  }
}

/** The text of the cause of an error: it says what must be fixed. */
function because({ cause }: ErrorOptions = {}): string {
  return cause instanceof Error ? `: ${cause.message}` : '';
}
