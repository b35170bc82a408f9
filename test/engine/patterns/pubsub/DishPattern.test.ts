import { describe, expect, it } from 'vitest';
import { DishPattern } from '../../../../src/engine/patterns/pubsub/DishPattern.js';
import { OptionError, UnsupportedError } from '../../../../src/errors.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, texts, type FakePipeSettings } from '../FakePipe.js';

function setUp(...settings: FakePipeSettings[]) {
  const host = new FakeHost();
  const dish = new DishPattern(host, {});
  const pipes = (settings.length > 0 ? settings : [{}, {}]).map((one) => {
    const pipe = new FakePipe(one);
    pipe.open(dish);
    return pipe;
  });
  const heard = () => {
    const all: string[] = [];
    for (let parts = dish.receive(false); parts !== undefined; parts = dish.receive(false))
      all.push(texts(parts)!.join('|'));
    return all;
  };
  const [a, b] = pipes as [FakePipe, FakePipe];
  return { host, dish, a, b, heard };
}

describe('DishPattern', () => {
  it('receives what is of its groups, in turns (test_radio_dish)', () => {
    const { dish, a, b, heard } = setUp();
    dish.join(bytes('Movies'));
    a.deliver('TV', 'Friends');
    a.deliver('Movies', 'Godfather');
    a.deliver('Movies', 'Godfather II');
    a.deliver('Mov', 'x');
    b.deliver('Movies2', 'x');
    b.deliver('Movies', '');
    expect(heard()).toEqual(['Movies|Godfather', 'Movies|', 'Movies|Godfather II']);
    dish.join(bytes('TV'));
    dish.leave(bytes('Movies'));
    a.deliver('TV', 'Friends');
    a.deliver('Movies', 'Godfather');
    expect([heard(), dish.from]).toEqual([['TV|Friends'], a]);
  });

  it('tells its peers of its groups, and those that come again', () => {
    const { dish, a, b } = setUp({}, { connects: true });
    for (const group of ['g', '', 'h']) dish.join(bytes(group));
    dish.leave(bytes('h'));
    expect([a.told, b.told]).toEqual([['+g', '+', '+h', '-h'], []]);
    for (const _ of [1, 2]) {
      b.connect();
      expect(b.takeTold().sort()).toEqual(['+', '+g']);
      b.disconnect();
    }
    a.close();
    dish.join(bytes('h'));
    expect(a.told.length).toBe(4);
  });

  it('joins a group once, and leaves only what it joined (test_radio_dish)', () => {
    const { dish, a } = setUp();
    expect(() => dish.leave(bytes('Movies'))).toThrow(OptionError);
    dish.join(bytes('Movies'));
    expect(() => dish.join(bytes('Movies'))).toThrow('the group "Movies" is joined already');
    dish.leave(bytes('Movies'));
    expect(() => dish.leave(bytes('Movies'))).toThrow('the group "Movies" is not joined');
    expect(a.told).toEqual(['+Movies', '-Movies']);
  });

  it('joins groups of up to 255 bytes, none of them 0 (test_radio_dish)', () => {
    const { dish, a, heard } = setUp();
    const longest = 'A'.repeat(255);
    dish.join(bytes(longest));
    a.deliver(longest, 'HELLO');
    expect(heard()).toEqual([`${longest}|HELLO`]);
    expect(() => dish.join(bytes(`${longest}A`))).toThrow(OptionError);
    expect(() => dish.join(bytes('a\0b'))).toThrow(OptionError);
  });

  it('refuses peers that send anything else', () => {
    for (const parts of [['g'], [''], ['g', 'a', 'b'], ['g'.repeat(256), 'a']]) {
      const { dish, a, b, heard } = setUp();
      dish.join(bytes('g'));
      a.refusesAtOnce = true;
      a.deliver('g', 'before');
      a.deliver(...parts);
      b.deliver('g', 'other');
      expect([heard(), a.refusals.length, b.refusals]).toEqual([['g|before', 'g|other'], 1, []]);
    }
  });

  it('goes on with a connecting pipe that was refused', () => {
    const { dish, a, heard, host } = setUp({ connects: true });
    dish.join(bytes('g'));
    a.connect();
    a.refusesAtOnce = true;
    a.deliver('alone');
    expect([heard(), a.connected]).toEqual([[], false]);
    a.takeTold();
    a.connect();
    a.deliver('g', 'x');
    expect([a.told, heard(), host.readableCount]).toEqual([['+g'], ['g|x'], 2]);
  });

  it('sends nothing', () => {
    const { dish } = setUp();
    expect(() => dish.send([bytes('g'), bytes('x')], false)).toThrow(UnsupportedError);
    expect(() => dish.subscribe(bytes('g'))).toThrow(UnsupportedError);
  });
});
