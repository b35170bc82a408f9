// #region main
import { cfft } from 'fourier-transform';
import type { Frame } from 'rxzmq';
import { stage } from 'rxzmq/stage';

const tapsOfChannel = 8;
let history = new Float32Array(); // what is left of the frames before: with one worker they are all here

/** Splits a wide band into equal channels, a frame for each: a polyphase filter, and an FFT across its arms. */
export default stage(function* (wide: Frame<'cf32'>, channels: number) {
  const taps = lowPass(channels * tapsOfChannel, 1 / channels);
  const input = new Float32Array(history.length + wide.samples.length);
  input.set(history);
  input.set(wide.samples, history.length);
  const blocks = Math.max(0, Math.floor((input.length / 2 - taps.length) / channels) + 1);
  const outputs = Array.from({ length: channels }, () => new Float32Array(2 * blocks));
  const [re, im] = [new Float64Array(channels), new Float64Array(channels)];
  for (let block = 0; block < blocks; block += 1) {
    re.fill(0);
    im.fill(0);
    for (let tap = 0; tap < taps.length; tap += 1) {
      const at = 2 * (block * channels + tap);
      re[tap % channels]! += taps[tap]! * input[at]!;
      im[tap % channels]! += taps[tap]! * input[at + 1]!;
    }
    cfft(re, im);
    for (let channel = 0; channel < channels; channel += 1) {
      outputs[channel]![2 * block] = re[channel]!;
      outputs[channel]![2 * block + 1] = im[channel]!;
    }
  }
  history = input.slice(2 * blocks * channels);

  const sampleRate = wide.sampleRate / channels;
  for (const [streamId, samples] of outputs.entries()) {
    const offset = streamId < channels / 2 ? streamId : streamId - channels;
    const centerFreq = wide.centerFreq + offset * sampleRate;
    if (blocks > 0) yield { ...wide, samples, numSamples: blocks, sampleRate, centerFreq, streamId };
  }
});

/** A windowed sinc, symmetric, of gain 1. */
function lowPass(length: number, cutoff: number): Float64Array {
  const taps = Float64Array.from({ length }, (_, i) => {
    const x = Math.PI * cutoff * (i - (length - 1) / 2);
    return (Math.sin(x) / x) * (0.54 - 0.46 * Math.cos((2 * Math.PI * (i + 0.5)) / length));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}
// #endregion main
