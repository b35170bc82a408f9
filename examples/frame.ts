// #region main
import { decodeFrame, encodeFrame, frame } from 'rxzmq';

// Two samples, I and Q interleaved; the class of the array says how they are stored.
const tone = frame(new Float32Array([1, 0, 0, 1]), { sampleRate: 48_000, centerFreq: 7.1e6 });
console.log(`${tone.numSamples} samples of ${tone.sampleType}, ${tone.centerFreq / 1e6} MHz`);

// A frame is a plain object: a changed copy is a spread.
const quieter = { ...tone, samples: tone.samples.map((value) => value / 2) };
console.log(`quieter: ${quieter.samples.join(' ')}`);

// What goes over the wire, and back.
const [header, payload] = encodeFrame(quieter);
console.log(`on the wire: ${header.byteLength} + ${payload.byteLength} bytes`);
const back = decodeFrame([header, payload]);
if (back.sampleType === 'cf32') console.log(`back: ${back.samples.join(' ')}`); // a Float32Array, to the compiler too
// #endregion main
