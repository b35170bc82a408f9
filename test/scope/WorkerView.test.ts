import { describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../src/scope/core/settings.js';
import type { FromWorker, ToWorker } from '../../src/scope/host/messages.js';
import { Readiness } from '../../src/scope/host/Readiness.js';
import type { ViewCalls } from '../../src/scope/host/ViewLoop.js';
import { WorkerView } from '../../src/scope/host/WorkerView.js';
import { toneFrames } from '../spectrum/tones.js';

const [one] = toneFrames(0.1, 0.5, 1, 64);

function open(transfer: () => unknown = () => ({ offscreen: true })) {
  const sent: ToWorker[] = [];
  const worker = {
    onmessage: null as unknown as (event: { data: FromWorker }) => void,
    onerror: null as unknown as (event: { message?: string }) => void,
    postMessage: (message: ToWorker) => void sent.push(message),
    terminate: vi.fn(),
  };
  const readiness = new Readiness();
  const standIn = Object.fromEntries(
    ['take', 'resize', 'command', 'gesture', 'link', 'refuse', 'preferDark', 'appear', 'drawNow', 'close'].map(
      (name) => [name, vi.fn()],
    ),
  ) as unknown as ViewCalls;
  const listener = { report: vi.fn(), standIn: vi.fn(() => standIn) };
  let late: (() => void) | undefined;
  const view = new WorkerView(
    worker,
    { transferControlToOffscreen: transfer },
    defaultSettings,
    readiness,
    listener,
    (_ms, callback) => {
      late = callback;
      return () => (late = undefined);
    },
  );
  const say = (data: FromWorker): void => worker.onmessage({ data });
  return { sent, worker, readiness, standIn, listener, view, say, late: () => late?.() };
}

describe('a view in a worker', () => {
  it('gets the canvas once it has started, then what was told before, and values as there is room', () => {
    const { sent, view, say, readiness, listener } = open();
    view.resize(10, 20, 1);
    expect([sent.length, readiness.isReady]).toEqual([0, false]);
    say({ kind: 'ready' });
    expect(sent.map(({ call }) => call)).toEqual(['open', 'resize']);
    expect(readiness.isReady).toBe(true);
    for (let i = 0; i < 8; i += 1) view.take(one!, 3);
    expect(readiness.isReady).toBe(false);
    say({ kind: 'taken' });
    expect(readiness.isReady).toBe(true);
    const { args } = sent.at(-1) as unknown as { args: [typeof one, number] };
    expect(args[0]!.samples).toEqual(one!.samples);
    expect(args[0]!.samples.buffer).not.toBe(one!.samples.buffer); // a copy: others may have the frame
    say({ kind: 'readings', readings: 7 as any });
    expect(listener.report).toHaveBeenCalledWith(7);
  });

  it.each([
    ['an error', ({ worker }: ReturnType<typeof open>) => worker.onerror({ message: 'not found' }), 'not found'],
    ['silence', ({ late }: ReturnType<typeof open>) => late(), 'it has not started within 5000 ms'],
    ['a failure', ({ say }: ReturnType<typeof open>) => say({ kind: 'failed', reason: 'no context' }), 'no context'],
  ])('is on this thread after %s, and nothing is lost', (_, fail, reason) => {
    const opened = open();
    const { view, standIn, listener, readiness, worker } = opened;
    view.resize(10, 20, 1);
    view.command('pause');
    fail(opened);
    expect(listener.standIn).toHaveBeenCalledExactlyOnceWith(reason);
    expect(standIn.resize).toHaveBeenCalledWith(10, 20, 1);
    expect(standIn.command).toHaveBeenCalledWith('pause');
    expect(readiness.isReady).toBe(true);
    expect(worker.terminate).toHaveBeenCalled();
    view.take(one!, 3);
    view.drawNow();
    expect(standIn.take).toHaveBeenCalledWith(one, 3);
    expect(standIn.drawNow).toHaveBeenCalled();
    opened.say({ kind: 'ready' });
    expect(opened.sent).toEqual([]);
  });

  it('is on this thread if the canvas has a context already', () => {
    const { say, listener } = open(() => {
      throw new Error('it has a context');
    });
    say({ kind: 'ready' });
    expect(listener.standIn).toHaveBeenCalledWith('it has a context');
  });

  it('ends its worker, and an attempt to start one', () => {
    const { view, worker, late, listener } = open();
    view.close();
    expect(worker.terminate).toHaveBeenCalled();
    late();
    expect(listener.standIn).not.toHaveBeenCalled();
  });
});

describe('Readiness', () => {
  it('holds back what knows demand, and tells when there is room again', async () => {
    const { fromIterable } = await import('rxzmq');
    const readiness = new Readiness();
    readiness.appear(false);
    let read = 0;
    function* numbers() {
      while (read < 5) yield (read += 1);
    }
    const heard: number[] = [];
    fromIterable(numbers())
      .pipe(readiness.hold())
      .subscribe((value) => heard.push(value));
    expect(heard).toEqual([]);
    readiness.appear(true);
    await vi.waitFor(() => expect(heard).toEqual([1, 2, 3, 4, 5]));
  });
});
