// #region main
import { from, map, scan } from 'rxjs';
import { frame, markGaps } from 'rxzmq';

const received = from([0, 1, 4, 5]).pipe(map((sequence) => ({ ...frame(new Float32Array([1, 0, 1, 0])), sequence })));

// An average that starts anew where samples are missing.
received
  .pipe(
    markGaps(),
    scan((run, { gap, numSamples }) => (gap?.kind === 'missing' ? numSamples : run + numSamples), 0),
  )
  .subscribe((samples) => console.log(`${samples} samples without a gap`));
// #endregion main
