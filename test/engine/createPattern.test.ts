import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../../src/errors.js';
import { createPattern } from '../../src/engine/createPattern.js';
import { patternFactory } from '../../src/engine/patterns/patternFactory.js';
import type { PatternType } from '../../src/driver/TypeOptions.js';
import { PullPattern } from '../../src/engine/patterns/pipeline/PullPattern.js';
import { FakeHost } from './patterns/FakeHost.js';

/** Each type once, which the compiler checks. */
const classNames: Record<PatternType, string> = {
  pair: 'PairPattern',
  pub: 'PubPattern',
  sub: 'SubPattern',
  req: 'ReqPattern',
  rep: 'RepPattern',
  dealer: 'DealerPattern',
  router: 'RouterPattern',
  pull: 'PullPattern',
  push: 'PushPattern',
  xpub: 'XPubPattern',
  xsub: 'XSubPattern',
  stream: 'StreamPattern',
  server: 'ServerPattern',
  client: 'ClientPattern',
  radio: 'RadioPattern',
  dish: 'DishPattern',
  gather: 'GatherPattern',
  scatter: 'ScatterPattern',
  peer: 'PeerPattern',
  channel: 'ChannelPattern',
};

describe('createPattern', () => {
  it('makes the pattern of each type', () => {
    for (const [type, name] of Object.entries(classNames)) {
      expect(createPattern(type as PatternType, new FakeHost(), {}).constructor.name).toBe(name);
    }
  });
});

describe('patternFactory', () => {
  it('makes only what its table has, and says so of the others', () => {
    const create = patternFactory({ pull: PullPattern });
    expect(create('pull', new FakeHost(), {})).toBeInstanceOf(PullPattern);
    expect(() => create('push', new FakeHost(), {})).toThrow(UnsupportedError);
    expect(() => create('push', new FakeHost(), {})).toThrow('the push type is not part of this build, which has pull');
  });
});
