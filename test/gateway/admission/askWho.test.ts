import { describe, expect, it } from 'vitest';
import { askWho, type Answer } from '../../../src/gateway/admission/askWho.js';
import { judge } from '../../../src/gateway/admission/judge.js';
import type { AuthenticateWeb } from '../../../src/gateway/admission/WebUser.js';

const who = { mechanism: 'web', token: 'geheim', address: '127.0.0.1', path: '/iq', headers: {} } as const;

function ask(authenticate: (who: never) => unknown): Promise<Answer> {
  return new Promise((resolve) => askWho(authenticate as AuthenticateWeb, who, resolve));
}

describe('asking authenticate', () => {
  const expiresAt = 1.9e12;
  it.each([
    [true, {}],
    ['anna', { userId: 'anna' }],
    [{ userId: 'anna' }, { userId: 'anna' }],
    [
      { userId: 'anna', expiresAt, paths: ['/iq'] },
      { userId: 'anna', expiresAt, paths: ['/iq'] },
    ],
  ])('%j is a yes', async (answer, user) => {
    expect(await ask(() => answer)).toEqual({ user });
    expect(await ask(() => Promise.resolve(answer))).toEqual({ user });
  });

  it.each([false, '', 0, 1, null, undefined, {}, [], { userId: '' }, { userId: 7 }, { expiresAt }])(
    '%j is a no',
    async (answer) => {
      expect(await ask(() => answer)).toMatchObject({ denied: expect.stringContaining('authenticate') as string });
      expect(await ask(() => Promise.resolve(answer))).toMatchObject({ denied: expect.any(String) as string });
    },
  );

  it.each([1.9e9, 0, -1, NaN, '2030-01-01', new Date()])(
    'an expiresAt of %s is a no that says how it is written',
    async (at) => {
      const answer = await ask(() => ({ userId: 'anna', expiresAt: at }));
      expect(answer).toMatchObject({
        denied: expect.stringMatching(/expiresAt must be in ms, as Date.now\(\)/) as string,
      });
    },
  );

  it('a userId that a page would refuse in the hello is a no', async () => {
    const longest = 'x'.repeat(255);
    for (const give of [(id: string) => id, (id: string) => ({ userId: id })]) {
      expect(await ask(() => give(longest))).toMatchObject({ user: { userId: longest } });
      const denied = 'authenticate gave a userId of more than 255 characters';
      expect(await ask(() => give(`${longest}x`))).toEqual({ denied });
    }
  });

  it('paths that are no texts are a no', async () => {
    expect(await ask(() => ({ userId: 'anna', paths: '/iq' }))).toMatchObject({
      denied: expect.stringContaining('paths') as string,
    });
  });

  it('a throw is a no, and nothing of the token is in its reason', async () => {
    const encoded = Buffer.from('geheim').toString('base64url');
    const fail = () => {
      throw new Error(`no user of token geheim (${encoded})`);
    };
    const denied = 'authenticate failed: no user of token *** (***)';
    expect(await ask(fail)).toEqual({ denied });
    expect(await ask(() => Promise.resolve().then(fail))).toEqual({ denied });
  });
});

describe('judging an answer', () => {
  const now = 1.8e12;
  it('sends away who is denied, and tells a page no more than it needs', () => {
    const denied = { denied: 'authenticate failed: the database is down' };
    expect(judge(denied, { speaks: true, token: 'x' }, '/iq', now)).toEqual({
      code: 4401,
      told: 'the token was refused',
      reason: denied.denied,
    });
    expect(judge(denied, { speaks: true }, '/iq', now)).toMatchObject({ code: 4401, told: 'the token is missing' });
  });

  it('sends away whose time is over, and who may not have the path', () => {
    const of = (user: object) => judge({ user }, { speaks: true, token: 'x' }, '/iq', now)?.code;
    expect(of({ userId: 'a', expiresAt: now })).toBe(4401);
    expect(of({ userId: 'a', expiresAt: now + 1 })).toBeUndefined();
    expect(of({ userId: 'a', paths: ['/tune'] })).toBe(4403);
    expect(of({ userId: 'a', paths: ['/tune', '/iq'] })).toBeUndefined();
    expect(of({})).toBeUndefined();
  });
});
