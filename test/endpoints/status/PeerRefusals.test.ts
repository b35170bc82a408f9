import { describe, expect, it } from 'vitest';
import { SecurityError } from '../../../src/errors.js';
import { PeerRefusals } from '../../../src/endpoints/status/PeerRefusals.js';

const [a, b] = ['tcp://a:1', 'tcp://b:1'];
const refused = (endpoint: string, reason = 'no') =>
  ({
    kind: 'handshakeFailed',
    endpoint,
    socketId: 1,
    reason,
    error: new SecurityError(endpoint, 'plain', reason),
  }) as const;
const connected = (endpoint: string) => ({ kind: 'connected', endpoint, socketId: 1 }) as const;

describe('Refusals', () => {
  it('know nothing of failures that are not security’s', () => {
    const refusals = new PeerRefusals(true);
    refusals.hear({ kind: 'handshakeFailed', endpoint: a, socketId: 1, reason: 'no ZMTP', error: new Error('no') });
    refusals.hear({ kind: 'handshakeFailed', endpoint: a, socketId: 1, reason: 'no ZMTP' });
    expect(refusals.cause).toBeUndefined();
  });

  it('know them on a side that connects, and to whom', () => {
    const refusals = new PeerRefusals(false);
    const error = new Error('no');
    refusals.hear({ kind: 'handshakeFailed', endpoint: a, socketId: 1, reason: 'no ZMTP', error });
    expect(refusals.cause?.cause).toMatchObject({
      code: 'ERR_SOCKET',
      message: 'connect failed on tcp://a:1: no ZMTP',
      cause: error,
    });
    refusals.hear({ kind: 'handshakeFailed', endpoint: b, socketId: 1, reason: 'the peer is gone' });
    expect(refusals.cause?.cause).toMatchObject({ endpoint: b, operation: 'connect' });
    refusals.hear(connected(a));
    refusals.hear(connected(b));
    expect(refusals.cause).toBeUndefined();
  });

  it('give the latest of those that stand', () => {
    const refusals = new PeerRefusals(true);
    const reasonNow = (): string | undefined => (refusals.cause?.cause as SecurityError | undefined)?.reason;
    refusals.hear(refused(a, 'first'));
    refusals.hear(refused(b, 'second'));
    expect(reasonNow()).toBe('second');
    refusals.hear(refused(a, 'third'));
    expect(reasonNow()).toBe('third');
    refusals.hear(connected(a));
    expect(reasonNow()).toBe('second');
    refusals.hear(connected(b));
    expect(reasonNow()).toBeUndefined();
  });

  it('are over where one of several endpoints that were told of at once is connected', () => {
    const refusals = new PeerRefusals(true);
    refusals.hear(refused(`${a}, ${b}`));
    refusals.hear(connected(b));
    expect(refusals.cause).toBeUndefined();
  });
});
