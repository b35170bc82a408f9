import { expect, it } from 'vitest';
import { requireLittleEndian } from '../../src/samples/littleEndian.js';

it('lets this machine pass and refuses a big-endian one', () => {
  expect(() => requireLittleEndian()).not.toThrow();
  expect(() => requireLittleEndian(false)).toThrow(
    expect.objectContaining({ code: 'ERR_UNSUPPORTED', message: expect.stringContaining('big-endian') }),
  );
});
