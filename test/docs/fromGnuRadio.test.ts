import * as gnuradio from 'rxzmq/gnuradio';
import { expect, it } from 'vitest';
import { codeWords, guides } from './guides.js';

const words = codeWords(guides.get('docs/fromGnuRadio.md') ?? '');

const blocks = ['pub', 'push', 'rep']
  .flatMap((name) => [`${name}_sink`, `${name}_msg_sink`])
  .concat(['sub', 'pull', 'req'].flatMap((name) => [`${name}_source`, `${name}_msg_source`]));

it.each(blocks)('the guide has the block %s', (name) => {
  expect(words).toContain(name);
});

it.each([...Object.keys(gnuradio), ...Object.keys(gnuradio.pmt)])('the guide has %s', (name) => {
  expect(words).toContain(name);
});

it.each(['type', 'vlen', 'tags', 'key', 'sampleRate', 'centerFreq', 'dialect'])('the guide has option %s', (name) => {
  expect(words).toContain(name);
});
