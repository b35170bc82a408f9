import { describe, expect, it } from 'vitest';
import { OptionError } from '../../src/errors.js';
import { isOnInvalid } from '../../src/endpoints/status/invalidMessages.js';
import {
  checkOptions,
  isBoolean,
  isDuration,
  isEither,
  isFunction,
  isGroup,
  isInteger,
  isNumber,
  isOneOf,
  isPatience,
  type Rule,
} from '../../src/options/rules.js';
import { socketRules } from '../../src/endpoints/SocketOptions.js';
import { thrownBy } from '../frame/arbitraries.js';

const rules = { bind: isBoolean, highWaterMark: isInteger(1, 10), lingerMs: isPatience(0) };
const longest = 2 ** 31 - 1;

describe('checkOptions', () => {
  it.each([{}, { bind: true }, { bind: false, highWaterMark: 10, lingerMs: Infinity }])('takes %o', (options) => {
    expect(() => checkOptions('fromX', options, rules)).not.toThrow();
  });

  it('takes undefined for any option', () => {
    expect(() => checkOptions('fromX', { bind: undefined, highWaterMark: undefined }, rules)).not.toThrow();
  });

  it.each([
    [{ bind: 1 }, 'bind', "fromX: option 'bind' must be a boolean, got 1"],
    [{ bind: null }, 'bind', "fromX: option 'bind' must be a boolean, got null"],
    [{ bind: 'yes' }, 'bind', "fromX: option 'bind' must be a boolean, got 'yes'"],
    [{ highWaterMark: 0 }, 'highWaterMark', "fromX: option 'highWaterMark' must be an integer from 1 to 10, got 0"],
    [{ highWaterMark: 11 }, 'highWaterMark', "fromX: option 'highWaterMark' must be an integer from 1 to 10, got 11"],
    [{ highWaterMark: '5' }, 'highWaterMark', "fromX: option 'highWaterMark' must be an integer from 1 to 10, got '5'"],
    [{ highWaterMark: [] }, 'highWaterMark', 'got an array of 0'],
  ])('refuses %o', (options, option, text) => {
    const error = thrownBy(() => checkOptions('fromX', options, rules));
    expect(error).toBeInstanceOf(OptionError);
    expect(error).toMatchObject({
      name: 'OptionError',
      code: 'ERR_OPTION',
      option,
      value: Object.values(options)[0] as unknown,
      message: expect.stringContaining(text),
    });
  });

  it.each([
    ['highwatermark', 'highWaterMark'],
    ['highWaterMrak', 'highWaterMark'],
    ['hwm', undefined],
    ['linger', 'lingerMs'],
    ['blind', 'bind'],
    ['completelyDifferent', undefined],
  ])('says what an unknown %s was meant to be, where that is close', (name, meant) => {
    expect(thrownBy(() => checkOptions('fromX', { [name]: 7 }, rules))).toMatchObject({
      code: 'ERR_OPTION',
      option: name,
      value: 7,
      message:
        `fromX: unknown option '${name}'; ` +
        (meant ? `did you mean '${meant}'?` : 'it knows bind, highWaterMark, lingerMs'),
    });
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('knows no option %s, which every object has', (name) => {
    expect(thrownBy(() => checkOptions('fromX', { [name]: 1 }, rules))).toMatchObject({ option: name });
  });

  it('refuses an unknown name even where its value is undefined', () => {
    expect(thrownBy(() => checkOptions('fromX', { bnid: undefined }, rules)).message).toContain("mean 'bind'?");
  });

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    ['bind', "'bind'"],
    [7, '7'],
    [[], 'an array of 0'],
    [() => undefined, 'a function'],
  ])('refuses %o as options', (options, said) => {
    expect(thrownBy(() => checkOptions('fromX', options, rules))).toMatchObject({
      option: 'options',
      value: options,
      message: `fromX: options must be an object, got ${said}`,
    });
  });
});

describe('rules', () => {
  const table: [string, Rule, unknown[], unknown[], string][] = [
    ['isBoolean', isBoolean, [true, false], [0, 'true', null, {}], 'a boolean'],
    ['isFunction', isFunction, [() => 1, Map], [null, {}, 'f'], 'a function'],
    [
      'isInteger',
      isInteger(2),
      [2, 2 ** 53 - 1],
      [1, 2.5, 2 ** 53, NaN, Infinity, 3n, '3'],
      'an integer from 2 to 9007',
    ],
    ['isInteger with a most', isInteger(0, 9), [0, 9, -0], [-1, 10], 'an integer from 0 to 9'],
    ['isNumber', isNumber, [0, -1.5, Infinity, -Infinity], [NaN, '0', 0n, null], 'a number (not NaN)'],
    ['isDuration', isDuration(1), [1, 1.5, longest], [0, longest + 1, NaN, Infinity, '1'], `from 1 to ${longest}`],
    ['isPatience', isPatience(0), [0, longest, Infinity], [-1, -Infinity, longest + 1, NaN, null], ', or Infinity'],
    ['isOneOf', isOneOf('keep', 'now'), ['keep', 'now'], ['', 'Keep', null, 0], "'keep' or 'now'"],
    ['isEither', isEither(isOneOf('x'), isBoolean), ['x', true], [1, null], "'x', or a boolean"],
    ['isGroup', isGroup(rules), [{}, { bind: true }], [null, [], 'bind', true], 'an object'],
    ['isOnInvalid', isOnInvalid, ['skip', 'error', () => undefined], [null, true], "'skip' or 'error', or a function"],
  ];

  it.each(table)('%s', (_, rule, right, wrong, expected) => {
    for (const value of right) expect(rule(value)).toBeUndefined();
    for (const value of wrong) expect(rule(value)).toContain(expected);
  });

  it('says which word was meant', () => {
    expect(isOneOf('stamp', 'preserve')('preserved')).toBe("'stamp' or 'preserve' (did you mean 'preserve'?)");
  });
});

describe('nested groups', () => {
  const check = (options: object) => checkOptions('fromX', options, socketRules);

  it.each([
    { reconnect: false },
    { reconnect: {} },
    { reconnect: { initialMs: 1, maxMs: undefined } },
    { heartbeat: false },
    { heartbeat: { intervalMs: 10 } },
    { heartbeat: { intervalMs: 10, timeoutMs: 0, ttlMs: 6_553_500 } },
  ])('takes %o', (options) => expect(() => check(options)).not.toThrow());

  it.each([
    [
      { reconnect: { initalMs: 5 } },
      'reconnect.initalMs',
      "fromX: unknown option 'reconnect.initalMs'; did you mean 'initialMs'?",
    ],
    [
      { reconnect: { bind: true } },
      'reconnect.bind',
      "fromX: unknown option 'reconnect.bind'; it knows initialMs, maxMs",
    ],
    [
      { reconnect: { maxMs: 0 } },
      'reconnect.maxMs',
      "fromX: option 'reconnect.maxMs' must be a number of milliseconds from 1 to",
    ],
    [{ reconnect: true }, 'reconnect', "option 'reconnect' must be false, or an object, got true"],
    [{ reconnect: null }, 'reconnect', "option 'reconnect' must be false, or an object, got null"],
    [{ heartbeat: {} }, 'heartbeat', "option 'heartbeat' must be false, or an object with intervalMs, got an Object"],
    [{ heartbeat: { timeoutMs: 5 } }, 'heartbeat', 'an object with intervalMs'],
    [{ heartbeat: 1000 }, 'heartbeat', "option 'heartbeat' must be false, or an object, got 1000"],
    [
      { heartbeat: { intervalMs: '1' } },
      'heartbeat.intervalMs',
      "fromX: option 'heartbeat.intervalMs' must be a number of",
    ],
    [
      { heartbeat: { intervalMs: 1, ttl: 5 } },
      'heartbeat.ttl',
      "fromX: unknown option 'heartbeat.ttl'; did you mean 'ttlMs'?",
    ],
    [
      { heartbeat: { intervalMs: 1, ttlMs: 6_553_501 } },
      'heartbeat.ttlMs',
      'a number of milliseconds from 0 to 6553500',
    ],
  ])('refuses %o', (options, option, text) => {
    expect(thrownBy(() => check(options))).toMatchObject({
      code: 'ERR_OPTION',
      option,
      message: expect.stringContaining(text),
    });
  });
});
