import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerCount } from '../../src/native/PeerCount.js';

const here = 'tcp://127.0.0.1:5555';

describe('PeerCount', () => {
  it('counts peers from their handshake to their end', () => {
    const peers = new PeerCount();
    peers.start(here);
    expect(peers.total).toBe(0);
    peers.handshake(here);
    peers.start(here);
    peers.handshake(here);
    expect(peers.total).toBe(2);
    expect(peers.disconnect(here)).toBe('peer');
    expect(peers.total).toBe(1);
  });

  it('tells a failed handshake, and a refusal without a word, from a peer that left', () => {
    const peers = new PeerCount();
    peers.start(here);
    peers.handshake(here);
    peers.start(here);
    peers.failure(here);
    expect(peers.disconnect(here)).toBe('failed');
    peers.start(here);
    expect(peers.disconnect(here)).toBe('refused');
    expect(peers.total).toBe(1);
    expect(peers.disconnect(here)).toBe('peer');
    expect(peers.total).toBe(0);
  });

  it('puts a wrong guess right once the handshake it was put down to ends', () => {
    for (const outcome of ['failure', 'handshake'] as const) {
      const peers = new PeerCount();
      peers.start(here);
      peers.handshake(here); // a peer
      peers.start(here); // one that says nothing for long
      peers.disconnect(here); // it is the peer that leaves
      peers[outcome](here);
      expect(peers.total).toBe(outcome === 'handshake' ? 1 : 0);
    }
  });

  it('ends at zero when all have left, whatever the order', () => {
    const fates = fc.array(fc.constantFrom('peer', 'failed', 'refused'), { maxLength: 30 });
    fc.assert(
      fc.property(fates, fc.infiniteStream(fc.nat()), (list, picks) => {
        const peers = new PeerCount();
        const live = list.map((fate) => [
          () => peers.start(here),
          ...(fate === 'peer' ? [() => peers.handshake(here)] : []),
          ...(fate === 'failed' ? [() => peers.failure(here)] : []),
          () => void peers.disconnect(here),
        ]);
        for (const pick of picks) {
          const open = live.filter((steps) => steps.length > 0);
          if (open.length === 0) break;
          open[pick % open.length]?.shift()?.();
          expect(peers.total).toBeGreaterThanOrEqual(0);
        }
        expect(peers.total).toBe(0);
      }),
    );
  });
});
