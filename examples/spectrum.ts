// #region main
import { range, map, last } from 'rxjs';
import { frame, spectrum } from 'rxzmq';

/** A tone of half of full scale, 250 kHz above the centre. */
const tone = (from: number) =>
  Float32Array.from({ length: 2 * 8192 }, (_, i) => {
    const turn = (2 * Math.PI * 250e3 * (8192 * from + (i >> 1))) / 2.048e6;
    return 0.5 * (i % 2 === 0 ? Math.cos(turn) : Math.sin(turn));
  });

range(0, 25)
  .pipe(
    map((n) => ({ ...frame(tone(n), { sampleRate: 2.048e6, centerFreq: 433.92e6 }), sequence: n })),
    spectrum({ bins: 1024, rate: 20 }),
    last(),
  )
  .subscribe(({ levels, bins, top, step, sampleRate, centerFreq, sequence }) => {
    const strongest = levels.indexOf(Math.max(...levels));
    const hz = centerFreq + (strongest / bins - 0.5) * sampleRate;
    const dB = top - (255 - levels[strongest]!) * step;
    console.log(`${sequence + 1} lines; the strongest bin is at ${hz / 1e6} MHz, ${dB} dBFS`);
  });
// #endregion main
