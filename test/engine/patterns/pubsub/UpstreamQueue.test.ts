import { describe, expect, it } from 'vitest';
import { UpstreamQueue, type Upstream } from '../../../../src/engine/patterns/pubsub/UpstreamQueue.js';
import { bytes, FakePipe } from '../FakePipe.js';

const pipe = new FakePipe();
const about = (topic: string, on: boolean, counts = true, from = pipe): Upstream => {
  return { pipe: from, visit: undefined, parts: undefined, topic, on, counts };
};
const message = (part: string): Upstream => ({ ...about('', false, false), parts: [bytes(part)] });

const rest = (queue: UpstreamQueue) => {
  const all: string[] = [];
  for (let one = queue.shift(); one; one = queue.shift())
    all.push(one.parts ? 'message' : (one.on ? '+' : '-') + one.topic);
  return all;
};

describe('UpstreamQueue', () => {
  it('gives one after the other', () => {
    const queue = new UpstreamQueue(false);
    for (const one of [about('a', true), message('x'), about('a', false), about('b', true, false)]) queue.push(one);
    expect([queue.size, queue.messages]).toEqual([4, 1]);
    expect(rest(queue)).toEqual(['+a', 'message', '-a', '+b']);
    expect([queue.size, queue.messages]).toEqual([0, 0]);
  });

  it('does not grow by what comes and goes', () => {
    const queue = new UpstreamQueue(false);
    queue.push(about('had', true));
    queue.push(message('x'));
    let most = 0;
    for (let at = 0; at < 50_000; at += 1) {
      queue.push(about(`topic ${at}`, true));
      queue.push(about(`topic ${at}`, false));
      most = Math.max(most, queue.size);
    }
    expect(most).toBeLessThanOrEqual(10_002);
    expect(rest(queue).slice(0, 2)).toEqual(['+had', 'message']);
  });

  it('does not grow by what changes nothing', () => {
    const queue = new UpstreamQueue(false);
    for (let at = 0; at < 50_000; at += 1) queue.push(about(`topic ${at}`, at % 2 === 0, false));
    expect(queue.size).toBeLessThanOrEqual(10_000);
  });

  it('keeps all that counts, however much that is', () => {
    const queue = new UpstreamQueue(false);
    const topics = Array.from({ length: 50_000 }, (_, at) => `topic ${at}`);
    for (const topic of topics) queue.push(about(topic, true));
    expect(rest(queue)).toEqual(topics.map((topic) => `+${topic}`));
  });

  it('keeps the difference where there is more of one kind', () => {
    const queue = new UpstreamQueue(false);
    for (const on of [true, true, false, true]) queue.push(about('more', on));
    for (const on of [false, true, false, false]) queue.push(about('less', on));
    for (let at = 0; at < 20_000; at += 1) queue.push(about('churn', at % 2 === 0));
    expect(rest(queue).filter((one) => !one.endsWith('churn'))).toEqual(['+more', '+more', '-less', '-less']);
  });

  it('keeps the same topic of two pipes apart where they are two things', () => {
    for (const perPipe of [false, true]) {
      const queue = new UpstreamQueue(perPipe);
      queue.push(about('t', true, true, new FakePipe()));
      queue.push(about('t', false, true, new FakePipe()));
      for (let at = 0; at < 10_000; at += 1) queue.push(about('churn', at % 2 === 0));
      expect(rest(queue).filter((one) => !one.endsWith('churn'))).toEqual(perPipe ? ['+t', '-t'] : []);
    }
  });

  it('tells one by one again once it has been empty', () => {
    const queue = new UpstreamQueue(false);
    for (let at = 0; at < 30_000; at += 1) queue.push(about(`topic ${at}`, true));
    rest(queue);
    for (let at = 0; at < 10_002; at += 1) queue.push(about('churn', at % 2 === 0));
    expect(queue.size).toBeLessThan(10);
  });
});
