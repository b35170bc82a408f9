// The package ships no types; only what is used is declared.
declare module 'fourier-transform' {
  /** Forward FFT of complex values, in place; both arrays have the same length, a power of two. */
  export function cfft(re: Float64Array, im: Float64Array): void;
}
