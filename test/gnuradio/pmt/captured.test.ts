import { decodePmt, encodePmt, pmt } from 'rxzmq/gnuradio';
import { expect, it } from 'vitest';
import { captured, part, valueOf } from '../fixtures.js';

it('there are as many messages as were captured', () => {
  expect(captured.messages).toHaveLength(73);
});

it.each(captured.messages)('$name of GNU Radio is read as what it is, and written with the same bytes', (message) => {
  const bytes = part(message.parts[0]);
  const value = decodePmt(bytes);

  expect(value).toStrictEqual(valueOf(message.pmt));
  expect(Buffer.from(encodePmt(value)).toString('hex')).toBe(Buffer.from(bytes).toString('hex'));
  expect(pmt().encode(pmt().decode([bytes]))).toEqual([bytes]);
});

it.each(captured.messages)('$name cannot be read with a byte less or a byte more', (message) => {
  const bytes = part(message.parts[0]);
  const more = new Uint8Array([...bytes, 0]);

  for (let length = 0; length < bytes.length; length += 1)
    expect(() => decodePmt(bytes.subarray(0, length))).toThrow(/^PMT: /);
  expect(() => decodePmt(more)).toThrow('PMT: 1 bytes are left after the value');
});
