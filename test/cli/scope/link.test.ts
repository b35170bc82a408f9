import { type SocketStatus } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { describeLink } from '../../../src/cli/scope/link.js';

function told(...statuses: SocketStatus[]): string | undefined {
  return statuses.reduce<string | undefined>(describeLink, undefined);
}

const endpoint = 'tcp://127.0.0.1:5555';
const socketId = 1;

describe('describeLink', () => {
  it('follows a connection', () => {
    expect(told({ kind: 'connecting', endpoint, socketId })).toBeUndefined();
    expect(told({ kind: 'retrying', endpoint, socketId, delayMs: 10 })).toContain('nobody answers');
    expect(told({ kind: 'connected', endpoint, socketId })).toBe(`connected to ${endpoint}`);
  });

  it('goes on saying that the sender has gone while it is tried again', () => {
    const gone = told(
      { kind: 'connected', endpoint, socketId },
      { kind: 'disconnected', endpoint, socketId, reason: 'end of stream' },
      { kind: 'retrying', endpoint, socketId, delayMs: 10 },
      { kind: 'connecting', endpoint, socketId },
    );
    expect(gone).toContain('is gone');
  });

  it('says when what comes are no frames', () => {
    expect(
      told({ kind: 'invalid', endpoint, socketId, reason: 'bad magic', error: new Error('x'), count: 3 }),
    ).toContain('bad magic');
  });
});
