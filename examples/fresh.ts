// #region main
import { of } from 'rxjs';
import { frame, fresh, getTimestampNs } from 'rxzmq';

const now = getTimestampNs();
const aged = (ms: number) => frame(new Float32Array([ms, 0]), { timestampNs: now - BigInt(ms) * 1_000_000n });

// What waited for two seconds and more is not drawn any more.
of(aged(0), aged(5000), aged(2000), aged(10))
  .pipe(fresh(500))
  .subscribe(({ samples }) => console.log(`${samples[0]} ms old`));
// #endregion main
