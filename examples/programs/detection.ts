// #region main
import { map } from 'rxjs';
import { fromIterable, type Frame, reply, request } from 'rxzmq';

const [role = 'serve', endpoint = 'tcp://127.0.0.1:5557'] = process.argv.slice(2);
const sampleRate = 48_000;
const size = 480; // samples, so that channels are 100 Hz wide

/** Where a frame is strongest, in Hz, and how far above its mean, in dB. */
function strongest({ samples, numSamples }: Frame<'cf32'>): [hertz: number, decibel: number] {
  let [total, most, where] = [0, 0, 0];
  for (let channel = -40; channel <= 40; channel += 1) {
    let [re, im] = [0, 0];
    for (let n = 0; n < numSamples; n += 1) {
      const phase = (-2 * Math.PI * channel * n) / numSamples;
      const [i = 0, q = 0] = samples.subarray(2 * n);
      re += i * Math.cos(phase) - q * Math.sin(phase);
      im += i * Math.sin(phase) + q * Math.cos(phase);
    }
    const power = re ** 2 + im ** 2;
    total += power;
    if (power > most) [most, where] = [power, channel];
  }
  return [(where * sampleRate) / numSamples, 10 * Math.log10((81 * most) / total)];
}

// The service: one frame in, one sample out. If it throws, only that requester gets no reply.
function serve() {
  const detect = (frame: Frame) => {
    if (frame.sampleType !== 'cf32') throw new Error(`${frame.sampleType} is not for me`);
    return Float64Array.from(strongest(frame));
  };
  const status = (told: { kind: string; endpoint: string }) => console.log(told.kind, told.endpoint);
  reply(endpoint, detect, { status }).subscribe();
}

// A client, which hears noise and now and then a carrier in it.
function ask() {
  const heard = [1200, undefined, -2500].map((carrier) => {
    const noise = Float32Array.from({ length: 2 * size }, () => (Math.random() - 0.5) / 4);
    const phase = (n: number) => (2 * Math.PI * (carrier ?? 0) * n) / sampleRate;
    const tone = (n: number) => (n % 2 === 0 ? Math.cos(phase(n / 2)) : Math.sin(phase((n - 1) / 2)));
    return carrier === undefined ? noise : noise.map((value, n) => value + tone(n));
  });
  fromIterable(heard)
    .pipe(
      request(endpoint, { sampleRate, timeoutMs: 5000, retries: 1 }),
      map(({ samples: [hertz, decibel] }) => (Number(decibel) > 15 ? `a carrier at ${hertz} Hz` : 'noise')),
    )
    .subscribe((found) => console.log(found));
}

if (role === 'ask') ask();
else serve();
// #endregion main
