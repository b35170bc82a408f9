import { distinctUntilChanged, map, NEVER, scan, Subject, switchMap, tap, type Observable } from 'rxjs';
import { frame, toPush, type Frame, type SampleType, type SocketStatus } from 'rxzmq';
import { paced } from './pace.js';
import { toSamples } from './samples.js';
import { createSignal } from './signal.js';

export const sampleRate = 2.048e6;
export const centerFreq = 433.92e6;
const blockSize = 8192;
const blocksPerSecond = sampleRate / blockSize;

/** Sends the signal in real time while there is someone to take it, and emits the frames as they leave. */
export function send(endpoint: string, type: SampleType, onStatus: (status: SocketStatus) => void): Observable<Frame> {
  const status = new Subject<SocketStatus>();
  const nextBlock = createSignal(sampleRate, blockSize);

  return status.pipe(
    tap(onStatus),
    scan(countReceivers, 0),
    distinctUntilChanged(),
    // A live signal does not wait: what nobody takes is not made. No more than an eighth of a second is made up for.
    switchMap((receivers) => (receivers > 0 ? paced(blocksPerSecond, blocksPerSecond / 8) : NEVER)),
    map(() => toSamples(nextBlock(), type)),
    map((samples) => frame(samples, { sampleType: type, sampleRate, centerFreq })),
    // The time a frame leaves, so that the other side can tell how long it took. At the end nothing lingers.
    toPush(endpoint, { status, timestamp: 'now', lingerMs: 0 }),
  );
}

function countReceivers(count: number, { kind }: SocketStatus): number {
  return kind === 'connected' ? count + 1 : kind === 'disconnected' ? count - 1 : count;
}
