import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../../src/basics/base64url.js';
import {
  type ControlSink,
  encodeCredit,
  encodePong,
  encodeSubscription,
  readControl,
} from '../../../src/engine/web/control.js';
import { encodeHello, type Hello, parseHello, tokenProtocol } from '../../../src/engine/web/hello.js';
import { WebError } from '../../../src/engine/web/WebError.js';

const plain: Hello = {
  type: 'sub',
  messages: 1000,
  bytes: 1 << 20,
  id: new Uint8Array(),
  conflate: false,
  pingMs: 0,
  now: undefined,
  user: undefined,
};

function heard(text: string): unknown[] {
  const calls: unknown[] = [];
  const sink: ControlSink = {
    hello: (hello) => calls.push(['hello', hello]),
    credit: (...credit) => calls.push(['credit', ...credit]),
    subscription: (topic, on) => calls.push(['subscription', [...topic], on]),
    ping: (said) => calls.push(['ping', said]),
    pong: (said, now) => calls.push(['pong', said, now]),
    going: () => calls.push(['going']),
  };
  readControl(text, sink);
  return calls.flat();
}

describe('control', () => {
  it('says what it is told', () => {
    expect(heard(encodeCredit(3, 4096))).toEqual(['credit', 3, 4096]);
    expect(heard(encodeSubscription(Uint8Array.of(0, 255, 62), true))).toEqual(['subscription', [0, 255, 62], true]);
    expect(heard(encodeSubscription(new Uint8Array(), false))).toEqual(['subscription', [], false]);
    expect(heard('P17')).toEqual(['ping', '17']);
    expect(heard('G')).toEqual(['going']);
    expect(heard(encodePong('17', 5n))).toEqual(['pong', '17', 5n]);
    expect(heard(encodePong('', undefined))).toEqual(['pong', '', undefined]);
  });

  it('ignores kinds it does not know', () => {
    expect(heard('')).toEqual([]);
    expect(heard('Zwhat?')).toEqual([]);
    expect(heard('ünknown')).toEqual([]);
  });

  it.each([
    ['+', 'no two numbers'],
    ['+1', 'no two numbers'],
    ['+-1 2', 'no two numbers'],
    ['+1 2 3', 'no two numbers'],
    ['+1e3 2', 'no two numbers'],
    ['+1234567890123456 1', 'no two numbers'],
    ['S=', 'no base64url'],
    ['SA', 'no base64url'],
    ['P12345678901234567', 'more than 16'],
    [`S${'A'.repeat(4096)}`, 'more than 4096'],
    ['H', 'no JSON'],
    ['H[', 'no JSON'],
    ['Hnull', 'no object'],
    ['H{}', 'another version'],
    ['H{"v":2}', 'another version'],
    ['H{"v":1}', 'socket type'],
    ['H{"v":1,"type":"SUB"}', 'socket type'],
    ['H{"v":1,"type":"sub"}', 'messages is no integer'],
    ['H{"v":1,"type":"sub","messages":0}', 'messages is no integer from 1'],
    ['H{"v":1,"type":"sub","messages":1}', 'bytes is no integer'],
    ['H{"v":1,"type":"sub","messages":1,"bytes":1.5}', 'bytes is no integer'],
    ['H{"v":1,"type":"sub","messages":1,"bytes":1,"id":7}', 'routing id'],
    ['H{"v":1,"type":"sub","messages":1,"bytes":1,"pingMs":-1}', 'pingMs is no integer'],
    ['H{"v":1,"type":"sub","messages":1,"bytes":1,"user":1}', 'user is no text'],
  ])('refuses %s', (text, reason) => {
    expect(() => heard(text)).toThrow(WebError);
    expect(() => heard(text)).toThrow(reason);
  });

  it('takes any text without throwing anything else', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.constantFrom('H', '+', 'S', 'U', 'P', 'Q'), fc.string()).map((parts) => parts.join('')),
      fc.json().map((json) => `H${json}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          heard(text);
        } catch (error) {
          if (!(error instanceof WebError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a hello', () => {
  it('comes back as it was, in ASCII', () => {
    const full: Hello = {
      ...plain,
      type: 'router',
      id: Uint8Array.of(1, 2, 255),
      conflate: true,
      pingMs: 20_000,
      now: 1_700_000_000_000_000_000n,
      user: 'Zoë "\\u" 雪',
    };
    for (const hello of [plain, full]) {
      const text = encodeHello(hello);
      expect(text).toMatch(/^H[ -~]*$/);
      expect(parseHello(text.slice(1))).toEqual(hello);
    }
  });
});

it('has tokens as subprotocols that name them in base64url', () => {
  expect(tokenProtocol('a/b+ü')).toMatch(/^rxzmq\.token\.[\w-]+$/);
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => void expect(decodeBase64url(encodeBase64url(bytes))).toEqual(bytes)),
  );
  expect(decodeBase64url('a+b/')).toBeUndefined();
});
