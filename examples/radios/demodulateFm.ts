/** The sound of an FM signal: the mean angle from one sample to the next, of 5 at a time, on left and right alike. */
export function demodulateFm(iq: Float32Array): Float32Array<ArrayBuffer> {
  const sound = new Float32Array(2 * Math.floor(iq.length / 10));
  for (let out = 0; out < sound.length; out += 2) {
    let sum = 0;
    for (let i = Math.max(out * 5, 2); i < out * 5 + 10; i += 2) {
      const [re, im, beforeRe, beforeIm] = [iq[i]!, iq[i + 1]!, iq[i - 2]!, iq[i - 1]!];
      sum += Math.atan2(im * beforeRe - re * beforeIm, re * beforeRe + im * beforeIm);
    }
    sound[out] = sound[out + 1] = sum / 5 / 2;
  }
  return sound;
}
