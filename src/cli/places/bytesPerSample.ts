import type { RawFormat } from '../../sigmf/iq/IqFormat.js';

/** How many bytes a complex sample has in a file without a header. */
export const bytesPerSample: Readonly<Record<RawFormat, number>> = {
  ci8: 2,
  cu8: 2,
  ci16: 4,
  ci32: 8,
  cf32: 8,
  cf64: 16,
};
