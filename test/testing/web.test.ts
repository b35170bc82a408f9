import { map, of } from 'rxjs';
import { fromSub, json, request, text, toPub, toPush } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';
import { describe, it } from 'vitest';

describe('a page in virtual time', () => {
  it('is fed by what its endpoint leads to', () => {
    virtualTime(({ feed, expectObservable }) => {
      feed('/iq', '-a-b|', { a: 'one', b: 'two' }, { codec: text });
      expectObservable(fromSub('/iq', { codec: text }).pipe(map((said) => said.toUpperCase())), '------!').toBe(
        '-a-b',
        {
          a: 'ONE',
          b: 'TWO',
        },
      );
    });
  });

  it('is heard by it, over any URL', () => {
    virtualTime(({ run, expectEndpoint }) => {
      run(of('a', 'b').pipe(toPush('wss://radio.example/up', { codec: text })));
      expectEndpoint('wss://radio.example/up', { codec: text }).toBe('(ab)', { a: 'a', b: 'b' });
    });
  });

  it('is answered by it', () => {
    virtualTime(({ expectObservable, expectEndpoint }) => {
      const answers = of(1, 2).pipe(request('/tune', { codec: json<number>() }));
      expectEndpoint('/tune', { codec: json<number>(), reply: (asked) => asked * 2 }).toBe('(ab)', {
        a: 1,
        b: 2,
      });
      expectObservable(answers).toBe('(ab|)', { a: 2, b: 4 });
    });
  });
});

it('plays the pages of what a gateway binds', () => {
  virtualTime(({ run, expectEndpoint }) => {
    run(of('news').pipe(toPub('gateway://1/news', { codec: text, waitForSubscribers: 1 })));
    expectEndpoint('gateway://1/news', { codec: text }).toBe('a', { a: 'news' });
  });
});
