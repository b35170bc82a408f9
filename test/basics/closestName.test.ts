import { describe, expect, it } from 'vitest';
import { distance } from 'fastest-levenshtein';
import { closestName, provideSpelling } from '../../src/basics/closestName.js';

provideSpelling(distance);

describe('nearest', () => {
  it.each([
    ['tpc', ['tcp', 'ipc', 'ws'], 'tcp'],
    ['TCP', ['tcp', 'ipc'], 'tcp'],
    ['highwatermark', ['bind', 'highWaterMark'], 'highWaterMark'],
    ['waitForSubscriber', ['waitForSubscribers', 'noDrop'], 'waitForSubscribers'],
    ['timeout', ['timeoutMs', 'connectTimeoutMs'], 'timeoutMs'],
    ['retrys', ['retries', 'reconnect'], 'retries'],
  ])('takes %s of %j for %s', (name, names, meant) => expect(closestName(name, names)).toBe(meant));

  it.each([
    ['quic', ['tcp', 'inproc']],
    ['anythingElse', ['bind', 'lingerMs']],
    ['', ['bind']],
    ['bind', []],
  ])('does not know what %s of %j may be', (name, names) => expect(closestName(name, names)).toBeUndefined());

  it('prefers the closest, and of two the first', () => {
    expect(closestName('cat', ['cart', 'cats', 'cat'])).toBe('cat');
    expect(closestName('cat', ['cart', 'cats'])).toBe('cart');
  });
});
