import { Subject } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import type { SocketStatus } from 'rxzmq';
import { statusReporter } from '../../../src/endpoints/status/statusReporter.js';
import { heardWarnings } from '../../helpers/heardWarnings.js';

const listening: SocketStatus = { kind: 'listening', endpoint: 'tcp://127.0.0.1:5555', socketId: 1 };
const closed: SocketStatus = { kind: 'closed', endpoint: 'tcp://127.0.0.1:5555', socketId: 1 };

describe('statusReporter', () => {
  it('tells a function', () => {
    const heard = vi.fn();
    statusReporter(heard)(listening);
    expect(heard.mock.calls).toEqual([[listening]]);
  });

  it('tells an observer, by next alone and as its method', () => {
    const observer = { told: [] as SocketStatus[], next: vi.fn(), error: vi.fn(), complete: vi.fn() };
    observer.next.mockImplementation(function (this: typeof observer, status: SocketStatus) {
      this.told.push(status);
    });
    const tell = statusReporter(observer);
    tell(listening);
    tell(closed);
    expect(observer.told).toEqual([listening, closed]);
    expect(observer.error).not.toHaveBeenCalled();
    expect(observer.complete).not.toHaveBeenCalled();
  });

  it('leaves a Subject open', () => {
    const subject = new Subject<SocketStatus>();
    statusReporter(subject)(closed);
    statusReporter(subject)(listening);
    expect([subject.closed, subject.isStopped, subject.hasError]).toEqual([false, false, false]);
  });

  it('does without', () => expect(() => statusReporter(undefined)(listening)).not.toThrow());

  it.each([
    ['an Error', new Error('no ears'), /^the observer of option 'status' threw on 'listening': Error: no ears/],
    ['something else', 'no ears', /^the observer of option 'status' threw on 'listening': no ears$/],
    ['nothing', undefined, /threw on 'listening': undefined$/],
  ])('warns where it throws %s, and goes on', async (_, thrown, text) => {
    const warnings = heardWarnings();
    const heard: SocketStatus[] = [];
    const tell = statusReporter((status) => {
      heard.push(status);
      if (status.kind === 'listening') throw thrown;
    });
    expect(() => tell(listening)).not.toThrow();
    tell(closed);
    tell(listening);
    await warnings.settled();
    expect(heard).toEqual([listening, closed, listening]);
    expect(warnings.texts).toEqual([expect.stringMatching(text)]);
  });
});
