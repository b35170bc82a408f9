import { Observable, type Subscriber } from 'rxjs';
import type { Codec, Parts } from '../codecs/Codec.js';
import { FrameError } from '../errors.js';
import type { SampleType } from '../frame/types.js';
import { drainer } from './drainer.js';
import { invalidHandler, type OnInvalid } from './invalid.js';
import type { Socket, SocketSettings } from './Socket.js';
import { startSocket } from './startSocket.js';
import { type StatusObserver, statusReporter } from './statusReporter.js';

/** What a source does with its socket. */
export interface SourceSettings<T> {
  readonly of: string;
  readonly socket: SocketSettings;
  readonly codec: Codec<T, never>;
  readonly topics: readonly Uint8Array[];
  readonly sampleType: SampleType | undefined;
  readonly conflate: boolean;
  readonly onInvalid: OnInvalid;
  readonly status: StatusObserver | undefined;
}

/** The Observable of what a socket receives. Each subscription opens its own. */
export function receive<T>(settings: SourceSettings<T>): Observable<T> {
  return new Observable<T>((out) => {
    const { clock } = settings.socket;
    const deliver = deliverer(settings, out);
    let newest: Parts | undefined;

    const keep = (parts: Parts): void => {
      if (newest === undefined) clock.soon(emitNewest);
      newest = parts;
    };
    const emitNewest = (): void => {
      const parts = newest;
      newest = undefined;
      if (parts && !out.closed) deliver(socket, parts);
    };

    const take = settings.conflate ? keep : (parts: Parts): void => deliver(socket, parts);
    const socket: Socket = startSocket(settings.socket, {
      readable: drainer(clock, () => (out.closed ? undefined : socket.read()), take),
      writable: () => undefined,
      status: statusReporter(settings.status),
      failed: (error) => out.error(error),
      closed: () => undefined,
    });
    for (const topic of settings.topics) socket.subscribe(topic);
    return () => socket.close(0);
  });
}

/** Decodes a message and emits it, or does with it what `onInvalid` says. */
function deliverer<T>(settings: SourceSettings<T>, out: Subscriber<T>): (socket: Socket, parts: Parts) => void {
  const { of, codec, sampleType, onInvalid, status } = settings;
  const invalid = invalidHandler(of, onInvalid, statusReporter(status), out);
  return (socket, parts) => {
    let value: T;
    try {
      value = codec.decode(parts);
      if (sampleType !== undefined) requireType(value, sampleType);
    } catch (error) {
      invalid(socket, error, parts);
      return;
    }
    out.next(value);
  };
}

function requireType(value: unknown, wanted: SampleType): void {
  const { sampleType } = value as { sampleType: SampleType };
  if (sampleType === wanted) return;
  const error = new FrameError('sampleType', `a frame of ${sampleType} arrived where sampleType is '${wanted}'`);
  error.sampleType = sampleType;
  throw error;
}
