// #region main
import { of } from 'rxjs';
import { convertSamples, cu8ToFloat32, frame } from 'rxzmq';

// Four bytes of an rtl-sdr: unsigned, with zero at 127.5.
const weak = frame(cu8ToFloat32(Uint8Array.of(127, 128, 191, 64)), { sampleRate: 2.4e6 });
const loud = { ...weak, samples: weak.samples.map((value) => value * 4) };

of(weak, loud)
  .pipe(
    convertSamples('ci16', {
      onSaturated: ({ count, total }) => console.log(`${count} values too large, ${total} in all`),
    }),
  )
  .subscribe(({ samples }) => console.log(samples.join(' ')));
// #endregion main
