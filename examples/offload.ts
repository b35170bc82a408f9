// #region main
import { filter } from 'rxjs';
import { frame, fromIterable } from 'rxzmq';
import { offload } from 'rxzmq/workers';

const [channels, size, sampleRate, centerFreq] = [16, 8192, 1.6e6, 100e6];

// A radio with two carriers in its band: 200 kHz above the centre, and 500 kHz below.
function* radio() {
  for (let block = 0; block < 3; block += 1) {
    const turn = (hz: number, i: number) => 2 * Math.PI * hz * ((block * size + (i >> 1)) / sampleRate);
    const at = (i: number) => (i % 2 === 0 ? Math.cos : Math.sin);
    const samples = new Float32Array(2 * size).map((_, i) => at(i)(turn(2e5, i)) + at(i)(turn(-5e5, i)));
    yield frame(samples, { sampleRate, centerFreq });
  }
}

const stage = new URL('./stages/channelizer.js', import.meta.url);
const channelize = offload<typeof import('./stages/channelizer.js')>(stage, { settings: channels, transfer: true });
const power = (samples: Float32Array) => samples.reduce((sum, x) => sum + x * x, 0) / (samples.length / 2);

fromIterable(radio())
  .pipe(
    channelize,
    filter(({ samples }) => power(samples) > 0.1),
  )
  .subscribe((channel) => console.log(`stream ${channel.streamId}: a carrier at ${channel.centerFreq / 1e6} MHz`));
// #endregion main
