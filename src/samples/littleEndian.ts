import { UnsupportedError } from '../errors.js';

const hostIsLittleEndian = /* @__PURE__ */ new Uint8Array(/* @__PURE__ */ new Uint16Array([1]).buffer)[0] === 1;

/**
 * Checks that this machine is little-endian, as the wire is: samples are never byte-swapped.
 *
 * @throws UnsupportedError on a big-endian machine.
 */
export function requireLittleEndian(isLittleEndian = hostIsLittleEndian): void {
  if (!isLittleEndian) {
    throw new UnsupportedError('frames need a little-endian machine: this one is big-endian; use the raw codec there');
  }
}
