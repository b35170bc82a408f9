// #region main
import { of } from 'rxjs';
import { align, frame } from 'rxzmq';

// Two receivers at 1 kHz; each sample is the millisecond at which it was taken. The second began 2 ms later.
const taken = (fromMs: number, count: number, sequence: number) => ({
  ...frame(
    Int16Array.from({ length: 2 * count }, (_, i) => fromMs + (i >> 1)),
    { sampleRate: 1000, timestampNs: BigInt(fromMs) * 1_000_000n },
  ),
  sequence,
});
const north = of(taken(0, 4, 0), taken(4, 4, 1));
const south = of(taken(2, 4, 0), taken(6, 4, 1));

const iOf = (samples: Int16Array) => samples.filter((_, i) => i % 2 === 0).join(' ');

align(north, south).subscribe({
  next: ([one, other]) => console.log(`north ${iOf(one.samples)}, south ${iOf(other.samples)}`),
  complete: () => console.log('what only one of them has is left out'),
});
// #endregion main
