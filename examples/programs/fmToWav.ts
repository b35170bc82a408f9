// #region main
import { open } from 'node:fs/promises';
import { take } from 'rxjs';
import { type Frame, fromIterable, fromPull, iterate, toPush } from 'rxzmq';

const [path = 'tone.wav', radio = 'inproc://radio'] = process.argv.slice(2);
const [sampleRate, audioRate, deviation, frames] = [240_000, 48_000, 50_000, 100];

// A transmitter: a tone of 1050 Hz as frequency modulation, 10 ms in each frame. It may be another process.
function* transmit() {
  let phase = 0;
  for (let time = 0; ;) {
    const samples = new Float32Array(4800);
    for (let n = 0; n < samples.length; n += 2, time += 1 / sampleRate) {
      phase += (2 * Math.PI * deviation * 0.8 * Math.sin(2 * Math.PI * 1050 * time)) / sampleRate;
      samples[n] = Math.cos(phase);
      samples[n + 1] = Math.sin(phase);
    }
    yield samples;
  }
}
const transmitter = fromIterable(transmit()).pipe(toPush(radio, { sampleRate })).subscribe();

// How far the phase turns from sample to sample is the sound. The last sample of a frame is kept for the next one.
let [lastI, lastQ] = [1, 0];
function demodulate({ samples, numSamples }: Frame<'cf32'>): Int16Array {
  const audio = new Int16Array(numSamples / (sampleRate / audioRate));
  let sum = 0;
  for (let n = 0; n < numSamples; n += 1) {
    const [i = 0, q = 0] = samples.subarray(2 * n);
    sum += Math.atan2(q * lastI - i * lastQ, i * lastI + q * lastQ);
    [lastI, lastQ] = [i, q];
    if (n % 5 !== 4) continue;
    audio[(n - 4) / 5] = (32_767 * (sum / 5) * sampleRate) / (2 * Math.PI * deviation); // the mean of five
    sum = 0;
  }
  return audio;
}

/** What a WAV file of one channel and 16 bits begins with. */
function wavHeader(bytes: number): Uint8Array {
  const header = new TextEncoder().encode(`RIFF----WAVEfmt ${'-'.repeat(20)}data----`);
  const view = new DataView(header.buffer);
  const longs = { 4: 36 + bytes, 16: 16, 24: audioRate, 28: audioRate * 2, 40: bytes };
  const shorts = { 20: 1, 22: 1, 32: 2, 34: 16 };
  for (const [at, value] of Object.entries(longs)) view.setUint32(Number(at), value, true);
  for (const [at, value] of Object.entries(shorts)) view.setUint16(Number(at), value, true);
  return header;
}

// While the disk is busy, the socket is not read.
const file = await open(path, 'w');
let written = 0;
await file.write(wavHeader(0));
for await (const frame of iterate(fromPull(radio, { sampleType: 'cf32' }).pipe(take(frames)))) {
  written += (await file.write(demodulate(frame))).bytesWritten;
}
transmitter.unsubscribe();
await file.write(wavHeader(written), 0, 44, 0);
await file.close();
console.log(`${written / 2 / audioRate} s of sound in ${path}`);
// #endregion main
