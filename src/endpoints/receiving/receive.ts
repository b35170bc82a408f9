import { Observable } from 'rxjs';
import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';
import { isSigs } from '../../codecs/sigsReading.js';
import { deliver } from '../../demand/deliver.js';
import { run } from '../../demand/run.js';
import type { Demand } from '../../demand/types.js';
import type { Frame } from '../../frame/types.js';
import { release } from '../../frame/release.js';
import { isLent } from '../../memory/largeBuffers.js';
import { FrameError } from '../../samples/FrameError.js';
import type { SampleType } from '../../samples/types.js';
import { callerContext } from '../../basics/callerContext.js';
import type { Clock } from '../../time/Clock.js';
import { toAcknowledge } from './acknowledge.js';
import { connectionCodecs } from './connectionCodecs.js';
import { decode } from '../../codecs/decode.js';
import { explained } from '../../codecs/explained.js';
import { readLoop } from './readLoop.js';
import { subscriptionsOf } from './subscriptionsOf.js';
import { frameReader } from './frameReader.js';
import { invalidHandler, type OnInvalid } from '../status/invalidMessages.js';
import { Outlet } from '../../rx/Outlet.js';
import { presentSettings } from '../presentSettings.js';
import type { OpenSettings } from '../../driver/Driver.js';
import { isWeb } from '../../driver/webEndpoints.js';
import type { Socket } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { startSocket } from '../startSocket.js';
import { type StatusObserver, statusReporter } from '../status/statusReporter.js';
import { watchStalls } from '../status/watchStalls.js';

/** The settings of a source. */
export interface SourceSettings<T> {
  readonly of: string;
  readonly socket: OpenSettings;
  readonly codec: Codec<T, never, unknown>;
  readonly topics: readonly Uint8Array[];
  readonly sampleType: SampleType | undefined;
  /** The memory of large frames is reused once they are settled. */
  readonly loans: boolean;
  readonly conflate: boolean;
  /** Who acknowledges a message, if the driver settles: the consumers when they are done, or the user by `acknowledge`. */
  readonly ack: 'auto' | 'manual';
  readonly onInvalid: OnInvalid;
  readonly status: StatusObserver | undefined;
  readonly demand: Demand | null | undefined;
}

/** Returns the Observable of the messages that a socket receives. Each subscription opens its own socket. */
export function receive<T>(given: SourceSettings<T>): Observable<T> {
  const subscriptions = subscriptionsOf(given.of);
  const self: Observable<T> = new Observable<T>((subscriber) => {
    const ended = subscriptions.open();
    const settings = presentSettings(given);
    const { clock } = settings.socket;
    const out = Outlet.of(subscriber, self, settings.demand);
    const notify = statusReporter(settings.status, { of: settings.of, clock }, out.below);
    const decodeOr = decoder(settings, out, notify);
    const give = givesOut(settings, out, () => socket);
    const take = (parts: Parts, from: number | undefined): void => {
      if (out.closed) return;
      const value = decodeOr(socket, parts, from);
      if (value === INVALID) socket.settle?.(parts, 'invalid');
      else give(redelivered(value, socket.deliveries), parts);
    };
    const { demand } = out;
    const inPlace = readsInPlace(settings);
    /**
     * Returns how to emit or drop the newest message. A codec that keeps values from one message to the next must decode
     * skipped messages too.
     */
    const keeps = (parts: Parts): Kept | undefined => {
      const { from } = socket;
      const drop = (): void => socket.settle?.(parts, 'done');
      if (settings.codec.open === undefined) return { give: () => take(parts, from), drop };
      const value = decodeOr(socket, parts, from);
      if (value !== INVALID) return { give: () => out.closed || give(value, parts), drop };
      socket.settle?.(parts, 'invalid');
      return undefined;
    };
    const read = (): Parts | undefined => (out.closed ? undefined : inPlace ? frameReader.read(socket) : socket.read());
    const stalls = watchStalls(clock, () => socket, notify);
    const conflates = settings.conflate ? conflater(clock, demand, keeps, () => out.complete()) : undefined;
    const isPressed = (): boolean => socket.isPressed === true;
    const isThinned = conflates && conflatesAtSender(settings);
    const drain = readLoop({
      clock,
      read,
      take: conflates?.take ?? ((parts) => take(parts, socket.from)),
      ...((!conflates || isThinned) && { demand, stalls }),
      isPressed,
    });
    const socket: Socket = startSocket(
      { ...settings.socket, conflate: isThinned },
      {
        readable: drain,
        writable: () => undefined,
        status: notify,
        ended: () => (conflates ? conflates.end() : out.complete()),
        failed: (error) => out.error(subscriptions.explain(error)),
        closed: () => undefined,
      },
    );
    for (const topic of settings.topics) socket.subscribe(topic);
    return () => {
      ended();
      stalls.close();
      socket.close(0);
    };
  });
  return self;
}

/** Returns the function that emits a value: within a delivery, if the end of the delivery has a consequence. */
function givesOut<T>({ socket, ack, loans }: SourceSettings<T>, out: Outlet<T>, opened: () => Socket): Give<T> {
  const { settles } = socket.driver.capabilities;
  if (loans && !settles) return lends(out);
  if (!settles) return (value) => out.next(value);
  if (ack === 'manual') {
    return (value, parts) => {
      toAcknowledge(value, () => opened().settle?.(parts, 'done'));
      out.next(value, true, null);
    };
  }
  return (value, parts) => {
    const socket = opened();
    if (socket.settle === undefined) out.next(value);
    else
      deliver(
        () => socket.settle?.(parts, 'done'),
        () => out.next(value),
      );
  };
}

/** Emits frames whose memory is reused. */
function lends<T>(out: Outlet<T>): Give<T> {
  return (value) => {
    const frame = value as Frame;
    if (!isLent(frame.samples)) out.next(value);
    else
      deliver(
        () => release(frame),
        () => out.next(value),
      );
  };
}

/** Marks a frame that was delivered before. */
function redelivered<T>(value: T, deliveries = 1): T {
  return deliveries > 1 && isFrame(value) ? { ...value, delivery: deliveries } : value;
}

function isFrame(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'samples' in value && 'sampleType' in value;
}

/** @param parts the message that it was decoded from */
type Give<T> = (value: T, parts: Parts) => void;

/** What to do with a message: emit it, or drop it for a newer one. */
interface Kept {
  readonly give: () => void;
  readonly drop: () => void;
}

/**
 * Over the engine's WebSockets the sender keeps the newest message: what cannot be read yet is not even sent. Other peers send all
 * messages, and a codec that keeps values from one to the next needs all of them.
 */
function conflatesAtSender({ socket, codec }: Pick<SourceSettings<unknown>, 'socket' | 'codec'>): boolean {
  const { endpoints, driver } = socket;
  return !codec.open && driver.capabilities.runsInVirtualTime && endpoints.every(isWeb);
}

/** Keeps the newest message until the loop has had its turn and the consumer is ready. */
function conflater(
  clock: Clock,
  demand: Demand | undefined,
  keeps: (parts: Parts) => Kept | undefined,
  complete: () => void,
): { readonly take: (parts: Parts) => void; readonly end: () => void } {
  const context = callerContext();
  let newest: Kept | undefined;
  let ended = false;
  const emit = (): void => {
    if (demand && !demand.hasRoom()) {
      demand.wait(waiter);
      return;
    }
    const kept = newest;
    newest = undefined;
    kept?.give();
    if (ended) complete();
    else demand?.pass();
  };
  const waiter = { room: () => context.runInAsyncScope(emit) };
  return {
    take(parts) {
      const kept = keeps(parts);
      if (kept === undefined) return;
      if (newest === undefined) clock.soon(() => run(emit));
      else newest.drop();
      newest = kept;
    },
    end() {
      ended = true; // the newest message is emitted first
      if (newest === undefined) complete();
    },
  };
}

/** The result for a message that cannot be decoded. */
const INVALID = Symbol('invalid');

/** Returns the function that decodes a message, or handles it as `onInvalid` says. */
function decoder<T>(
  settings: SourceSettings<T>,
  out: Outlet<T>,
  notify: (status: SocketStatus) => void,
): (socket: Socket, parts: Parts, from: number | undefined) => T | typeof INVALID {
  const { of, sampleType, onInvalid } = settings;
  const codecOf = connectionCodecs(settings.codec);
  const frames = readsFrames(settings);
  const inPlace = readsInPlace(settings);
  const invalid = invalidHandler(of, onInvalid, notify, out);
  return (socket, parts, from) => {
    try {
      const value = frames ? (frameReader.decode(parts, from) as T) : decode(codecOf(from), parts);
      if (sampleType !== undefined) requireType(value, sampleType);
      return value;
    } catch (error) {
      const whole = inPlace ? frameReader.partsOf(parts) : parts;
      invalid(socket, frames ? explained(error, whole, true) : error, whole);
      return INVALID;
    }
  };
}

/** Whether the consumers are done with a message before the next is read: frames copy what they keep. */
function readsInPlace(settings: SourceSettings<unknown>): boolean {
  return readsFrames(settings) && !settings.conflate;
}

/** Whether the messages are frames with the number of their connection. */
function readsFrames({ codec, socket }: SourceSettings<unknown>): boolean {
  return socket.driver.capabilities.tellsPeer && isSigs(codec);
}

function requireType(value: unknown, wanted: SampleType): void {
  const { sampleType } = value as { sampleType: SampleType };
  if (sampleType === wanted) return;
  const error = new FrameError('sampleType', `a frame of ${sampleType} arrived where sampleType is '${wanted}'`);
  error.sampleType = sampleType;
  throw error;
}
