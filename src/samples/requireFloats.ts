import { FrameError } from './FrameError.js';
import { describe } from '../basics/describe.js';

/**
 * Checks that a value is a `Float32Array`.
 *
 * @throws FrameError `'value'`
 */
export function requireFloats(of: string, values: Float32Array): void {
  if (!ArrayBuffer.isView(values) || values[Symbol.toStringTag] !== 'Float32Array') {
    throw new FrameError('value', `${of}: values must be a Float32Array, not ${describe(values)}`);
  }
}
