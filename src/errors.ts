/** Base class of every error rxzmq makes. Match on `code`: `instanceof` fails across two copies of a package. */
export abstract class RxZmqError extends Error {
  /** A stable literal such as `'ERR_OPTION'`. */
  abstract readonly code: `ERR_${string}`;
}

/** An option has an unknown name, a wrong type, or a value out of range. Thrown at the call. */
export class OptionError extends RxZmqError {
  override readonly name = 'OptionError';
  readonly code = 'ERR_OPTION';

  constructor(
    /** The option's name, as it was given. */
    readonly option: string,
    /** What was given. */
    readonly value: unknown,
    message: string,
  ) {
    super(message);
  }
}

/** An endpoint cannot be read, or names a transport its socket cannot use. Thrown at the call. */
export class EndpointError extends RxZmqError {
  override readonly name = 'EndpointError';
  readonly code = 'ERR_ENDPOINT';

  constructor(
    /** What was given as the endpoint. */
    readonly endpoint: unknown,
    message: string,
  ) {
    super(message);
  }
}

/** What a socket was doing when it failed. */
export type SocketOperation = 'open' | 'bind' | 'connect' | 'send' | 'receive' | 'close' | 'request';

/** A socket failed. The driver's own error, with its errno, is in `cause`. */
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

/** A message could not be decoded by its codec. The codec's own error is in `cause`. */
export class CodecError extends RxZmqError {
  override readonly name = 'CodecError';
  readonly code = 'ERR_CODEC';
}

/** A request had no reply in time and its tries are spent. */
export class RequestTimeoutError extends RxZmqError {
  override readonly name = 'RequestTimeoutError';
  readonly code = 'ERR_REQUEST_TIMEOUT';

  constructor(
    readonly endpoints: readonly string[],
    /** Milliseconds each try was given. */
    readonly timeoutMs: number,
    /** How often it was tried, the first time included. */
    readonly tries: number,
    /** Whether a connected peer ever got it. `false`: nobody was there, or we could not come together: then `cause` says why. */
    readonly sent: boolean,
    options?: ErrorOptions,
  ) {
    const where = endpoints.join(', ');
    const times = tries === 1 ? '1 try' : `${tries} tries`;
    const what = sent ? 'no reply from' : 'no peer at';
    super(`${what} ${where} within ${timeoutMs} ms (${times})${because(options)}`, options);
  }
}

/** A sink completed, but what it had taken could not be delivered within `lingerMs`. */
export class DrainError extends RxZmqError {
  override readonly name = 'DrainError';
  readonly code = 'ERR_DRAIN';

  constructor(
    readonly endpoints: readonly string[],
    readonly lingerMs: number,
    /** How many frames were left, as far as the driver knows; `undefined`: at least one, it cannot tell how many. */
    readonly framesLeft: number | undefined,
    options?: ErrorOptions,
  ) {
    const many = framesLeft === undefined ? 'some frames' : framesLeft === 1 ? '1 frame' : `${framesLeft} frames`;
    super(`${many} left at ${endpoints.join(', ')} after ${lingerMs} ms without progress${because(options)}`, options);
  }
}

/**
 * A peer and this side could not agree on who may talk to whom: a wrong key or password, another mechanism, a no of
 * `authenticate` or of an address list. It never holds a key or a password.
 */
export class SecurityError extends RxZmqError {
  override readonly name = 'SecurityError';
  readonly code = 'ERR_SECURITY';

  constructor(
    readonly endpoint: string,
    /** What this side speaks; `'null'` also where it has no `security`, `'web'` where it shows a gateway a token. */
    readonly mechanism: 'null' | 'plain' | 'curve' | 'web',
    /** What happened, as far as this side can know. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`security (${mechanism.toUpperCase()}) failed on ${endpoint}: ${reason}`, options);
  }
}

/** More values came than a consumer lets wait, from where its demand cannot reach; `bounded` above it chooses otherwise. */
export class OverflowError extends RxZmqError {
  override readonly name = 'OverflowError';
  readonly code = 'ERR_OVERFLOW';

  constructor(
    /** How many may wait. */
    readonly limit: number,
    /** The consumer where they wait, such as `'toPush'`. */
    readonly consumer?: string | undefined,
    /** The endpoints of the consumer, where it has some. */
    readonly endpoints: readonly string[] = [],
  ) {
    const where = consumer === undefined ? '' : ` at ${consumer} ${endpoints.join(', ')}`.trimEnd();
    super(
      `more than ${limit} values wait${where}, from a source that demand does not reach; put bounded(...) above, or slow it`,
    );
  }
}

/** What was asked for cannot be had from this driver, platform or socket type. The message says what would have it. */
export class UnsupportedError extends RxZmqError {
  override readonly name = 'UnsupportedError';
  readonly code = 'ERR_UNSUPPORTED';
}

/**
 * A run in virtual time cannot be what it should: something in it needs real time, goes on for ever, or was left open when it
 * ended.
 */
export class VirtualTimeError extends RxZmqError {
  override readonly name = 'VirtualTimeError';
  readonly code = 'ERR_VIRTUAL_TIME';
}

/** The `zeromq` package, which the native driver stands on, could not be loaded. */
export class NativeLoadError extends RxZmqError {
  override readonly name = 'NativeLoadError';
  readonly code = 'ERR_NATIVE_LOAD';
}

/** The text of what lies behind an error, for those that wait: it is what has to be put right. */
function because({ cause }: ErrorOptions = {}): string {
  return cause instanceof Error ? `: ${cause.message}` : '';
}
