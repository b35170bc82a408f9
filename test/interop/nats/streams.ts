import { lastValueFrom, type Observable, timeout, toArray } from 'rxjs';
import { frame, type Frame, fromIterable } from 'rxzmq';

/** So many frames, each of so many samples. */
export const frames = (count: number, samples = 2): Observable<Frame> =>
  fromIterable(Array.from({ length: count }, () => frame(new Float32Array(2 * samples))));

/** All values, if they come within a time that only a failure takes. */
export const all = <T>(source: Observable<T>): Promise<T[]> => lastValueFrom(source.pipe(timeout(40_000), toArray()));
