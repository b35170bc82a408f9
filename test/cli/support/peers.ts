import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concat, filter, firstValueFrom, map, NEVER, type Observable, Subject } from 'rxjs';
import { frame, type Frame, fromIterable, openSocket, pace, type SocketStatus, toPub, toPush } from 'rxzmq';
import { onTestFinished } from 'vitest';

/** A folder for a test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rxzmq-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const START_NS = 1_700_000_000_000_000_000n;
export const RATE = 1e6;
export const FREQUENCY = 433.92e6;

/** Frames of a tone at an eighth of the rate, half of full scale, without an end. */
export function* tones(numSamples = 1000, sampleRate = RATE): Generator<Frame> {
  for (let n = 0; ; n++) {
    const samples = Float32Array.from({ length: 2 * numSamples }, (_, i) => {
      const turn = (2 * Math.PI * (n * numSamples + (i >> 1))) / 8;
      return 0.5 * (i % 2 === 0 ? Math.cos(turn) : Math.sin(turn));
    });
    const timestampNs = START_NS + BigInt(Math.round((n * numSamples * 1e9) / sampleRate));
    yield frame(samples, { sampleRate, centerFreq: FREQUENCY, timestampNs });
  }
}

/** Sends values for as long as the test lasts, and tells where. */
export async function serve(
  values: Observable<unknown>,
  as: 'pub' | 'push' = 'push',
  options: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const status = new Subject<SocketStatus>();
  const listening = firstValueFrom(
    status.pipe(
      filter(({ kind }) => kind === 'listening'),
      map(({ endpoint }) => endpoint),
    ),
  );
  const sink = (as === 'pub' ? toPub : toPush)('tcp://127.0.0.1:*', { status, lingerMs: 0, ...options } as never);
  // Its end would drop what is not taken yet.
  const sending = concat(values, NEVER).pipe(sink).subscribe();
  onTestFinished(() => sending.unsubscribe());
  return listening;
}

/** A radio: frames at their rate, without an end. */
export function radio(as: 'pub' | 'push' = 'push', options: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return serve(fromIterable(tones()).pipe(pace()), as, options);
}

/** A bound socket of any type that does nothing. */
export async function idle(type: 'rep' | 'router' | 'pull' | 'sub' | 'xpub' | 'pair'): Promise<string> {
  const socket = openSocket(type as 'pair').bind('tcp://127.0.0.1:*');
  onTestFinished(() => socket.close());
  return String(await socket.opened);
}
