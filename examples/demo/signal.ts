// The signal the demo sends: a tone that drifts, short bursts of data, and noise. Its phase never jumps.
const tone = { amplitude: 0.2, centre: -420e3, swing: 180e3, periodSeconds: 16 };
const burst = {
  amplitude: 0.12,
  offsets: [300e3, 620e3, 100e3, 800e3, 460e3, -120e3], // Hz from the centre, one after the other
  baud: 64e3,
  onSeconds: 0.45,
  everySeconds: 0.8,
  rampSeconds: 0.002,
};
const noiseRms = 0.002;

/** Where the tone stands after so many seconds of signal, in Hz from the centre. */
export function toneOffset(seconds: number): number {
  return tone.centre + tone.swing * Math.sin((2 * Math.PI * seconds) / tone.periodSeconds);
}

/** Makes a function that gives the next block of the signal: `blockSize` complex samples, I and Q interleaved. */
export function createSignal(sampleRate: number, blockSize: number): () => Float32Array<ArrayBuffer> {
  const addTone = createTone(sampleRate);
  const addBursts = createBursts(sampleRate);
  const noise = createNoise(blockSize);
  let position = 0;
  return () => {
    const block = noise();
    addTone(block, position);
    addBursts(block, position);
    position += blockSize;
    return block;
  };
}

type AddTo = (block: Float32Array, position: number) => void;

function createTone(sampleRate: number): AddTo {
  let re = tone.amplitude;
  let im = 0;
  return (block, position) => {
    // One frequency a block is fine enough for a slow drift, and turning a phasor is far cheaper than a sine a sample.
    const turn = (2 * Math.PI * toneOffset(position / sampleRate)) / sampleRate;
    const cos = Math.cos(turn);
    const sin = Math.sin(turn);
    for (let i = 0; i < block.length; i += 2) {
      block[i]! += re;
      block[i + 1]! += im;
      const next = re * cos - im * sin;
      im = re * sin + im * cos;
      re = next;
    }
    const drift = tone.amplitude / Math.hypot(re, im); // rounding would let the amplitude creep
    re *= drift;
    im *= drift;
  };
}

/** Minimum-shift keying: random bits turn the phasor a quarter turn forward or back, without a jump. */
function createBursts(sampleRate: number): AddTo {
  const every = Math.round(burst.everySeconds * sampleRate);
  const on = Math.round(burst.onSeconds * sampleRate);
  const ramp = burst.rampSeconds * sampleRate;
  const symbol = Math.round(sampleRate / burst.baud);
  const random = createRandom(7);
  let re = 1;
  let im = 0;
  let cos = 1;
  let sin = 0;
  return (block, position) => {
    for (let i = 0, at = position; i < block.length; i += 2, at++) {
      const inBurst = at % every;
      if (inBurst >= on) continue;
      if (inBurst % symbol === 0) {
        const offset = burst.offsets[Math.floor(at / every) % burst.offsets.length]!;
        const shift = (random() < 0.5 ? -1 : 1) * (burst.baud / 4);
        const turn = (2 * Math.PI * (offset + shift)) / sampleRate;
        cos = Math.cos(turn);
        sin = Math.sin(turn);
        const length = Math.hypot(re, im);
        re /= length;
        im /= length;
      }
      const amplitude = burst.amplitude * Math.min(1, inBurst / ramp, (on - inBurst) / ramp);
      block[i]! += amplitude * re;
      block[i + 1]! += amplitude * im;
      const next = re * cos - im * sin;
      im = re * sin + im * cos;
      re = next;
    }
  };
}

/** Noise is drawn once and read from a random place for each block: drawing four million values a second costs a core. */
function createNoise(blockSize: number): () => Float32Array<ArrayBuffer> {
  const random = createRandom(1);
  const values = new Float32Array(2 * blockSize + 65_536);
  for (let i = 0; i < values.length; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    values[i] = (noiseRms / Math.SQRT2) * radius * Math.cos(2 * Math.PI * random());
  }
  return () => {
    const from = Math.floor(random() * (values.length - 2 * blockSize));
    return values.slice(from, from + 2 * blockSize);
  };
}

/** Numbers from 0 to 1, the same in each run (xorshift). */
function createRandom(seed: number): () => number {
  let state = seed;
  for (let i = 0; i < 8; i++) step();
  return () => step() / 2 ** 32;

  function step(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>>= 0);
  }
}
