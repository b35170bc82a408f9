import { Observable } from 'rxjs';
import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';
import { sigs } from '../../codecs/sigs.js';
import { run } from '../../demand/run.js';
import type { Demand } from '../../demand/types.js';
import { FrameError } from '../../samples/FrameError.js';
import type { SampleType } from '../../samples/types.js';
import { callerContext } from '../../basics/callerContext.js';
import type { Clock } from '../../time/Clock.js';
import { decode } from '../../codecs/decode.js';
import { readLoop } from './readLoop.js';
import { frameReader } from './frameReader.js';
import { invalidHandler, type OnInvalid } from '../status/invalidMessages.js';
import { Outlet } from '../../rx/Outlet.js';
import { presentSettings } from '../presentSettings.js';
import type { OpenSettings } from '../../driver/Driver.js';
import type { Socket } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { startSocket } from '../startSocket.js';
import { type StatusObserver, statusReporter } from '../status/statusReporter.js';
import { watchStalls } from '../status/watchStalls.js';

/** What a source does with its socket. */
export interface SourceSettings<T> {
  readonly of: string;
  readonly socket: OpenSettings;
  readonly codec: Codec<T, never>;
  readonly topics: readonly Uint8Array[];
  readonly sampleType: SampleType | undefined;
  readonly conflate: boolean;
  readonly onInvalid: OnInvalid;
  readonly status: StatusObserver | undefined;
  readonly demand: Demand | null | undefined;
}

/** The Observable of what a socket receives. Each subscription opens its own. */
export function receive<T>(given: SourceSettings<T>): Observable<T> {
  const self: Observable<T> = new Observable<T>((subscriber) => {
    const settings = presentSettings(given);
    const { clock } = settings.socket;
    const out = Outlet.of(subscriber, self, settings.demand);
    const notify = statusReporter(settings.status, out.below);
    const deliver = deliverer(settings, out, notify);
    const { demand } = out;
    const inPlace = readsInPlace(settings);
    const read = (): Parts | undefined => (out.closed ? undefined : inPlace ? frameReader.read(socket) : socket.read());
    const stalls = watchStalls(clock, () => socket, notify);
    const drain = settings.conflate
      ? readLoop({ clock, read, take: conflater(clock, demand, () => socket, deliver) })
      : readLoop({ clock, read, take: (parts) => deliver(socket, parts, socket.from), demand, stalls });
    const socket: Socket = startSocket(settings.socket, {
      readable: drain,
      writable: () => undefined,
      status: notify,
      failed: (error) => out.error(error),
      closed: () => undefined,
    });
    for (const topic of settings.topics) socket.subscribe(topic);
    return () => {
      stalls.close();
      socket.close(0);
    };
  });
  return self;
}

/** Keeps the newest message until the loop has had its turn and there is room. */
function conflater(
  clock: Clock,
  demand: Demand | undefined,
  socketOf: () => Socket,
  deliver: Deliver,
): (parts: Parts) => void {
  const context = callerContext();
  let newest: Parts | undefined;
  let from: number | undefined;
  const emit = (): void => {
    if (demand && !demand.hasRoom()) {
      demand.wait(waiter);
      return;
    }
    const parts = newest;
    newest = undefined;
    if (parts) deliver(socketOf(), parts, from);
    demand?.pass();
  };
  const waiter = { room: () => context.runInAsyncScope(emit) };
  return (parts) => {
    if (newest === undefined) clock.soon(() => run(emit));
    newest = parts;
    ({ from } = socketOf());
  };
}

/** @param from which connection brought the message */
type Deliver = (socket: Socket, parts: Parts, from: number | undefined) => void;

/** Decodes a message and emits it, or does with it what `onInvalid` says. */
function deliverer<T>(settings: SourceSettings<T>, out: Outlet<T>, notify: (status: SocketStatus) => void): Deliver {
  const { of, codec, sampleType, onInvalid } = settings;
  const frames = readsFrames(settings);
  const inPlace = readsInPlace(settings);
  const invalid = invalidHandler(of, onInvalid, notify, out);
  return (socket, parts, from) => {
    if (out.closed) return;
    let value: T;
    try {
      value = frames ? (frameReader.decode(parts, from) as T) : decode(codec, parts);
      if (sampleType !== undefined) requireType(value, sampleType);
    } catch (error) {
      invalid(socket, error, inPlace ? frameReader.partsOf(parts) : parts);
      return;
    }
    out.next(value);
  };
}

/** Whether a message is done with before the next is read: frames copy what they keep. */
function readsInPlace(settings: SourceSettings<unknown>): boolean {
  return readsFrames(settings) && !settings.conflate;
}

/** Whether its messages are frames that say which connection brought them. */
function readsFrames({ codec, socket }: SourceSettings<unknown>): boolean {
  return socket.driver.capabilities.tellsPeer && (codec as unknown) === sigs;
}

function requireType(value: unknown, wanted: SampleType): void {
  const { sampleType } = value as { sampleType: SampleType };
  if (sampleType === wanted) return;
  const error = new FrameError('sampleType', `a frame of ${sampleType} arrived where sampleType is '${wanted}'`);
  error.sampleType = sampleType;
  throw error;
}
