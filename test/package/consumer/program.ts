import { filter, map, type Observable } from 'rxjs';
import { decodeFrame, fromPull, fromSub, json, RxZmqError, toPub, topic, type Frame } from 'rxzmq';

// Compiled by test/package against the packed declarations, never run.
const frames: Observable<Frame> = fromSub('tcp://127.0.0.1:5555', { highWaterMark: 10 });
const levels: Observable<number> = frames.pipe(
  map((frame) => (frame.sampleType === 'cf32' ? Math.hypot(frame.samples[0] ?? 0, frame.samples[1] ?? 0) : 0)),
);
const quotes: Observable<number> = fromSub('tcp://127.0.0.1:5556', {
  codec: topic(json<{ price: number }>()),
  topics: ['quotes.'],
}).pipe(map((quote) => quote.value.price));

export const relay: Observable<Frame> = fromPull(['tcp://127.0.0.1:5557', 'tcp://127.0.0.1:5558']).pipe(
  filter((frame) => frame.numSamples > 0),
  toPub('tcp://127.0.0.1:*'),
);

export function isMagic(parts: Uint8Array[]): boolean {
  try {
    return decodeFrame(parts).protocol === 0;
  } catch (error) {
    return error instanceof RxZmqError && error.code === 'ERR_FRAME';
  }
}

export { levels, quotes };
