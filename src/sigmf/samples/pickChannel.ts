/** Any typed array that can be copied to an array of the same class. */
interface Numbers {
  readonly length: number;
  [index: number]: number;
  slice(start: number, end: number): Numbers;
}

/** Copies one of several interleaved channels to an array of its own. `width`: numbers of one sample of one channel. */
export function pickChannel<A extends Numbers>(numbers: A, channel: number, numChannels: number, width: number): A {
  const picked = numbers.slice(0, numbers.length / numChannels) as A;
  const stride = numChannels * width;
  for (let from = channel * width, to = 0; to < picked.length; from += stride) {
    for (let i = 0; i < width; i += 1, to += 1) (picked as Numbers)[to] = numbers[from + i]!;
  }
  return picked;
}
