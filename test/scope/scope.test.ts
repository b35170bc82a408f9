import { defineScope, Scope } from 'rxzmq/scope';
import { describe, expect, it } from 'vitest';
import { HELP, commandOf } from '../../src/scope/core/keys.js';
import { optionsOf } from '../../src/scope/element/attributes.js';
import { checkValue } from '../../src/scope/host/checkValue.js';
import { stateOf } from '../../src/scope/host/stateOf.js';
import { scopeSettings } from '../../src/scope/ScopeOptions.js';
import { toneFrames } from '../spectrum/tones.js';

describe('rxzmq/scope on Node', () => {
  it('can be imported, and defines nothing', () => {
    expect(defineScope()).toBeUndefined();
    expect(defineScope('spectrum-view')).toBeUndefined();
  });

  it.each(['scope', 'Rx-scope', '', 7])('refuses the name %j', (name: any) => {
    expect(() => defineScope(name)).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', message: expect.stringMatching(/defineScope: name must/) }),
    );
  });

  it('says that there is no page to draw on', () => {
    expect(() => new Scope({} as any)).toThrow(
      expect.objectContaining({ code: 'ERR_UNSUPPORTED', message: expect.stringMatching(/Scope/) }),
    );
  });
});

describe('the options of Scope', () => {
  it.each([
    [{ bins: 1000 }, /bins.*1000/],
    [{ bins: 131_072 }, /bins/],
    [{ window: 'kaiser' }, /window/],
    [{ coverage: 'most' }, /coverage.*'newest' or 'all'/],
    [{ detector: 'sum' }, /detector/],
    [{ average: 0 }, /average/],
    [{ rowsPerSecond: 0 }, /rowsPerSecond/],
    [{ peakDecay: -1 }, /peakDecay/],
    [{ palette: 'jet' }, /palette/],
    [{ theme: 'blue' }, /theme/],
    [{ range: { bottom: 0, top: -100 } }, /range.*dBFS/],
    [{ range: { bottom: NaN, top: 0 } }, /range/],
    [{ worker: 'yes' }, /worker/],
    [{ onReadings: 7 }, /onReadings/],
    [{ peaks: true }, /unknown option 'peaks'/],
  ])('%j is an OptionError', (options: any, message) => {
    expect(() => scopeSettings('Scope', options)).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', message: expect.stringMatching(message) }),
    );
  });

  it('have defaults, also for undefined', () => {
    expect(scopeSettings('Scope', { bins: undefined, palette: 'cividis' })).toMatchObject({
      bins: 4096,
      palette: 'cividis',
    });
  });

  it('are attributes of the element', () => {
    const attributes = new Map([
      ['bins', '2048'],
      ['range', '-120 -20'],
      ['peak-hold', ''],
      ['peak-list', 'false'],
      ['rows-per-second', '30'],
      ['theme', 'light'],
    ]);
    const options = optionsOf({ getAttribute: (name) => attributes.get(name) ?? null });
    expect(scopeSettings('Scope', options)).toMatchObject({
      bins: 2048,
      range: { bottom: -120, top: -20 },
      peakHold: true,
      peakList: false,
      rowsPerSecond: 30,
      theme: 'light',
    });
    expect(() => scopeSettings('rx-scope', optionsOf({ getAttribute: () => 'x' }))).toThrow(/bins.*NaN/);
  });
});

describe('keys', () => {
  it.each([
    [' ', false, 'pause'],
    ['P', true, 'peakHold'],
    ['ArrowUp', false, 'levelUp'],
    ['ArrowUp', true, 'rangeNarrower'],
    ['ArrowLeft', true, 'markerFarLeft'],
    ['?', true, 'help'],
    ['Tab', false, undefined],
    ['toString', false, undefined],
  ])('%j, with shift: %j, is %j', (key, shift, command) => {
    expect(commandOf(key, shift)).toBe(command);
  });

  it('have a help that shows them', () => {
    expect(HELP.map(([keys]) => keys)).toContain('space');
  });
});

describe('the state of a connection', () => {
  const of = { endpoint: '/iq', socketId: 1 };
  it.each([
    [
      { kind: 'connected', ...of },
      { kind: 'good', text: 'live' },
    ],
    [
      { kind: 'stalled', ...of },
      { kind: 'warning', text: 'stalled' },
    ],
    [
      { kind: 'resumed', stalledMs: 5, ...of },
      { kind: 'good', text: 'live' },
    ],
    [
      { kind: 'retrying', delayMs: 5, reason: 'away', ...of },
      { kind: 'bad', text: 'no connection', reason: 'away' },
    ],
    [{ kind: 'retrying', delayMs: 5, ...of }, undefined],
    [
      { kind: 'handshakeFailed', reason: 'no', error: new Error('wrong token'), ...of },
      { kind: 'bad', text: 'refused', reason: 'wrong token' },
    ],
    [
      { kind: 'disconnected', reason: 'gone', ...of },
      { kind: 'bad', text: 'disconnected', reason: 'gone' },
    ],
    [{ kind: 'dropped', count: 1, reason: 'full', ...of }, undefined],
  ] as const)('%j', (status, state) => {
    expect(stateOf(status)).toEqual(state);
  });
});

describe('what is shown', () => {
  const [one] = toneFrames(0.1, 0.5, 1, 64);
  it('may be a frame whose numSamples is not that of its samples', () => {
    expect(checkValue({ ...one, numSamples: 7 })).toMatchObject({ numSamples: 64 });
    expect(checkValue(one)).toBe(one);
  });

  it.each([
    [7, /^Scope: a value must be a frame, got 7$/],
    [{ topic: 'a' }, /^Scope: a value must be a frame, got an Object$/],
    [{ ...one, samples: new Float32Array(3) }, /whole number/],
    [{ levels: new Float32Array(4), top: 0, step: 1, timestampNs: 0n }, /Uint8Array/],
    [{ levels: new Uint8Array(0), top: 0, step: 1, timestampNs: 0n }, /at least 1/],
    [{ levels: new Uint8Array(4), top: NaN, step: 1, timestampNs: 0n }, /top and step/],
  ] as [unknown, RegExp][])('is not %#', (value, message) => {
    expect(() => checkValue(value)).toThrow(
      expect.objectContaining({ code: 'ERR_FRAME', message: expect.stringMatching(message) }),
    );
  });
});
