import type { StatusOf } from '../../driver/SocketStatus.js';
import type { EngineContext } from '../context/EngineContext.js';
import type { SocketSettings } from '../../driver/SocketSettings.js';
import type { Pattern } from '../patterns/Pattern.js';
import type { StreamPipeSettings } from '../pipes/StreamPipe.js';
import type { CurvePrimitives } from '../zmtp/Cipher.js';

/** What a socket's endpoints know of it. */
export interface SocketCore {
  readonly settings: SocketSettings;
  readonly context: EngineContext;
  readonly pattern: Pattern;
  readonly pipes: StreamPipeSettings;
  /** What CURVE needs, where it was asked for. */
  readonly curve: CurvePrimitives | undefined;
  notify(status: StatusOf): void;
  /** Messages were lost with a pipe; `undefined`: nobody knows how many. */
  dropped(count: number | undefined, reason: string): void;
  /** Messages were handed over. */
  progress(endpoint: SocketEndpoint): void;
  /** Has an endpoint end once what it has is sent, or the linger is over. */
  retire(endpoint: SocketEndpoint): void;
  /** An endpoint cannot work. */
  failed(operation: 'bind' | 'connect', endpoint: string, reason: string, error?: Error): void;
}

/** An endpoint of a socket, bound or connected. */
export interface SocketEndpoint {
  /** As it is; the real one once it is bound. */
  readonly endpoint: string;
  /** Whether it is bound, and not connected. */
  readonly isBound: boolean;
  /** Nothing comes of it any more, though it has not ended. */
  readonly over?: boolean;
  /** Gives its name up; who is connected stays so. `false`: it was given up before. Only where that is another thing than its end. */
  unbind?(): boolean;
  /** Bytes that were written and that the kernel has not taken yet, as far as is known. */
  readonly unsentBytes: number;
  start(): void;
  /** As `Socket.renew`, if the pipe is its own. */
  renew?(peer: number): void;
  /** Sends what it has, then ends, and calls back. Idempotent but for the callback. */
  close(closed: () => void): void;
  /** Ends at once. Gives how many messages were left. `closed` of `close` still comes, with the address free. */
  abort(): number;
}
