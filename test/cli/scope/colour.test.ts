import { describe, expect, it } from 'vitest';
import { colourMode, createPalette, steps } from '../../../src/cli/scope/colour.js';
import { glyphsFor } from '../../../src/cli/scope/text.js';

describe('colourMode', () => {
  it.each([
    [{ TERM: 'xterm-256color' }, true, '256'],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, true, '24bit'],
    [{ TERM: 'tmux-256color', TMUX: 'x', COLORTERM: '24bit' }, true, '24bit'],
    [{ TERM: 'xterm' }, true, '16'],
    [{ TERM: 'dumb', COLORTERM: 'truecolor' }, true, 'none'],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1' }, true, 'none'],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, false, 'none'],
    [{ TERM: 'xterm', FORCE_COLOR: '3' }, false, '24bit'],
    [{ TERM: 'dumb', FORCE_COLOR: '2' }, true, '256'],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, '16'],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor', FORCE_COLOR: '0' }, true, 'none'],
  ] as const)('%j on a terminal %s: %s', (env, isTTY, mode) => {
    expect(colourMode(env, isTTY)).toBe(mode);
  });
});

describe('createPalette', () => {
  it('has nothing to write without colour', () => {
    const { mode, ...rest } = createPalette('none');
    expect(mode).toBe('none');
    expect(new Set(Object.values(rest).flat())).toEqual(new Set(['']));
  });

  it.each([
    ['24bit', /^\x1b\[38;2;\d+;\d+;\d+m$/],
    ['256', /^\x1b\[38;5;\d+m$/],
    ['16', /^\x1b\[(3[0-7]|9[0-7])m$/],
  ] as const)('%s writes its own kind of sequence', (mode, pattern) => {
    const { foreground, background } = createPalette(mode);
    expect(foreground).toHaveLength(steps);
    expect(background).toHaveLength(steps);
    for (const code of foreground) expect(code).toMatch(pattern);
  });
});

describe('glyphsFor', () => {
  it.each([
    ['24bit', { LANG: 'en_US.UTF-8' }, '█'],
    ['256', {}, '█'],
    ['256', { LANG: 'en_US.UTF-8', LC_ALL: 'C' }, '#'],
    ['16', { LANG: 'C.UTF-8', TERM: 'linux' }, '#'],
    ['none', { LANG: 'C.UTF-8' }, '#'],
  ] as const)('%s and %j: bars of %s', (mode, env, full) => {
    expect(glyphsFor(mode, env).bars.at(-1)).toBe(full);
  });
});
