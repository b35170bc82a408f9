import { distinctUntilChanged, map, NEVER, scan, Subject, switchMap, tap, type Observable } from 'rxjs';
import { bounded, frame, toPush, type Frame, type SampleType, type SocketStatus } from 'rxzmq';
import { paced } from './pace.js';
import { toSamples } from '../../src/cli/signals/samples.js';
import { createSignal } from './signal.js';

export const sampleRate = 2.048e6;
export const centerFreq = 433.92e6;
const blockSize = 8192;
const blocksPerSecond = sampleRate / blockSize;
const mostWaiting = Math.ceil(blocksPerSecond / 4);

/** Sends the signal in real time while there is someone to take it, and emits the frames as they leave. */
export function send(endpoint: string, type: SampleType, onStatus: (status: SocketStatus) => void): Observable<Frame> {
  const status = new Subject<SocketStatus>();
  const nextBlock = createSignal(sampleRate, blockSize);

  return status.pipe(
    tap(onStatus),
    scan(countReceivers, 0),
    distinctUntilChanged(),
    // A live signal does not wait: what nobody takes is not made, and a late timer makes up for an eighth of a second.
    switchMap((receivers) => (receivers > 0 ? paced(blocksPerSecond, blocksPerSecond / 8) : NEVER)),
    map(() => toSamples(nextBlock(), type)),
    map((samples) => frame(samples, { sampleType: type, sampleRate, centerFreq })),
    bounded(mostWaiting, 'drop-oldest'), // for a receiver that is there, but does not keep up
    // Stamped with the time it leaves, so that the other side can tell how long it took. At the end nothing lingers.
    toPush(endpoint, { status, timestamp: 'now', highWaterMark: mostWaiting, lingerMs: 0 }),
  );
}

function countReceivers(count: number, { kind }: SocketStatus): number {
  return kind === 'connected' ? count + 1 : kind === 'disconnected' ? count - 1 : count;
}
