import { describe, expect, it } from 'vitest';
import { isOrigins, originTest } from '../../../src/gateway/admission/originRule.js';

describe('which origins come in', () => {
  it.each(['http://localhost', 'http://localhost:4200', 'https://127.0.0.1:8443', 'http://[::1]:3000'])(
    'by default %s, of this machine',
    (origin) => expect(originTest(undefined)(origin)).toBe(true),
  );

  it.each([
    'https://scope.example',
    'http://127.0.0.2',
    'http://localhost.evil.example',
    'http://evil.example/localhost',
    'http://localhost@evil.example',
    'http://evil.example:80#localhost',
    'http://LOCALHOST',
    'http://localhost/',
    'http://localhost, http://evil.example',
    'null',
    '',
    'file://',
    'localhost',
  ])('by default not %j', (origin) => expect(originTest(undefined)(origin)).toBe(false));

  it('of a list only those in it, letter by letter', () => {
    const test = originTest(['https://scope.example', 'http://localhost:4200']);
    expect(['https://scope.example', 'http://localhost:4200'].map(test)).toEqual([true, true]);
    const others = ['http://scope.example', 'https://scope.example:444', 'https://a.scope.example', 'http://localhost'];
    expect(others.map(test)).toEqual([false, false, false, false]);
  });

  it('by a function as it says, and none where it throws', () => {
    expect(originTest((origin) => origin.endsWith('.example'))('https://a.example')).toBe(true);
    expect(originTest(() => Promise.resolve(false) as unknown as boolean)('https://a.example')).toBe(false);
    const throwing = originTest(() => {
      throw new Error('no');
    });
    expect(throwing('https://a.example')).toBe(false);
  });

  it("any with 'any'", () => expect(originTest('any')('null')).toBe(true));

  it.each([
    ['https://scope.example/'],
    ['https://scope.example/page'],
    ['scope.example'],
    ['https://scope.example:443'],
    ['https://*.example'],
    ['HTTPS://scope.example'],
    ['*'],
    [''],
    [7],
    [undefined],
  ])('refuses %j in a list: no browser says that', (origin) => {
    expect(isOrigins([origin])).toMatch(/an array of origins/);
  });

  it.each(['*', 'https://scope.example', null, 7, {}])('refuses %j in the place of a list', (value) => {
    expect(isOrigins(value)).toMatch(/an array of origins/);
  });
});
