import { Observable } from 'rxjs';
import type { Codec, Parts } from '../codecs/Codec.js';
import { Memory } from '../demand/Memory.js';
import { run } from '../demand/run.js';
import type { Demand } from '../demand/types.js';
import { FrameError } from '../errors.js';
import type { SampleType } from '../frame/types.js';
import type { Clock } from './Clock.js';
import { decode } from './decode.js';
import { drainer } from './drainer.js';
import { invalidHandler, type OnInvalid } from './invalid.js';
import { Outlet } from './Outlet.js';
import type { Socket, SocketSettings } from './Socket.js';
import { startSocket } from './startSocket.js';
import { type StatusObserver, statusReporter } from './statusReporter.js';
import { watchStalls } from './watchStalls.js';

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
  readonly demand: Demand | undefined;
}

/** The Observable of what a socket receives. Each subscription opens its own. */
export function receive<T>(settings: SourceSettings<T>): Observable<T> {
  const memory = new Memory();
  return new Observable<T>((subscriber) => {
    const { clock } = settings.socket;
    const tell = statusReporter(settings.status);
    const out = new Outlet(subscriber, settings.demand ?? memory.find());
    const deliver = deliverer(settings, out);
    const { demand } = out;
    const read = (): Parts | undefined => (out.closed ? undefined : socket.read());
    const stalls = watchStalls(clock, () => socket, tell);
    const drain = settings.conflate
      ? drainer({ clock, read, take: conflater(clock, demand, (parts) => deliver(socket, parts)) })
      : drainer({ clock, read, take: (parts) => deliver(socket, parts), demand, stalls });
    const socket: Socket = startSocket(settings.socket, {
      readable: drain,
      writable: () => undefined,
      status: tell,
      failed: (error) => out.error(error),
      closed: () => undefined,
    });
    for (const topic of settings.topics) socket.subscribe(topic);
    return () => {
      stalls.close();
      socket.close(0);
    };
  });
}

/** Keeps the newest message until the loop has had its turn and there is room. */
function conflater(clock: Clock, demand: Demand | undefined, deliver: (parts: Parts) => void): (parts: Parts) => void {
  let newest: Parts | undefined;
  const emit = (): void => {
    if (demand && !demand.hasRoom()) {
      demand.wait(waiter);
      return;
    }
    const parts = newest;
    newest = undefined;
    if (parts) deliver(parts);
    demand?.pass();
  };
  const waiter = { room: emit };
  return (parts) => {
    if (newest === undefined) clock.soon(() => run(emit));
    newest = parts;
  };
}

/** Decodes a message and emits it, or does with it what `onInvalid` says. */
function deliverer<T>(settings: SourceSettings<T>, out: Outlet<T>): (socket: Socket, parts: Parts) => void {
  const { of, codec, sampleType, onInvalid, status } = settings;
  const invalid = invalidHandler(of, onInvalid, statusReporter(status), out);
  return (socket, parts) => {
    if (out.closed) return;
    let value: T;
    try {
      value = decode(codec, parts);
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
