import type { StatusOf } from '../../driver/SocketStatus.js';
import type { EngineContext } from '../context/EngineContext.js';
import type { SocketSettings } from '../../driver/SocketSettings.js';
import type { Pattern } from '../patterns/Pattern.js';
import type { StreamPipeSettings } from '../pipes/StreamPipe.js';
import type { CurvePrimitives } from '../zmtp/Cipher.js';

/** The view that endpoints have of their socket. */
export interface SocketCore {
  readonly settings: SocketSettings;
  readonly context: EngineContext;
  readonly pattern: Pattern;
  readonly pipes: StreamPipeSettings;
  /** The cryptography for CURVE, if the socket uses it. */
  readonly curve: CurvePrimitives | undefined;
  notify(status: StatusOf): void;
  /** Messages were lost with a pipe; `undefined`: an unknown number. */
  dropped(count: number | undefined, reason: string): void;
  /** An endpoint has handed over messages. */
  progress(endpoint: SocketEndpoint): void;
  /** Ends an endpoint once its queued messages are sent, or the linger is over. */
  retire(endpoint: SocketEndpoint): void;
  /** An endpoint cannot work. */
  failed(operation: 'bind' | 'connect', endpoint: string, reason: string, error?: Error): void;
}

/** An endpoint of a socket, bound or connected. */
export interface SocketEndpoint {
  /** As it was given; once bound, the actual one. */
  readonly endpoint: string;
  /** `true`: bound; `false`: connected. */
  readonly isBound: boolean;
  /** It will not connect again, though the socket still has it. */
  readonly over?: boolean;
  /** Gives up its name; its peers stay connected. `false`: it was given up before. Only endpoints where this does not end them. */
  unbind?(): boolean;
  /** Bytes that were written, but that the kernel has not accepted yet, as far as known. */
  readonly unsentBytes: number;
  start(): void;
  /** As `Socket.renew`, if the peer is its own. */
  renew?(peer: number): void;
  /** Sends its queued messages, then ends, and calls back. Idempotent except for the callback. */
  close(closed: () => void): void;
  /** Ends at once. Returns how many messages were left. `closed` of `close` is still called, once the address is free. */
  abort(): number;
}
