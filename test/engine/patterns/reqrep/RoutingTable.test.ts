import { describe, expect, it } from 'vitest';
import { RoutedPeer } from '../../../../src/engine/patterns/reqrep/RoutedPeer.js';
import { RoutingTable } from '../../../../src/engine/patterns/reqrep/RoutingTable.js';
import { bytes, FakePipe } from '../FakePipe.js';

function peerOf(id: Uint8Array): RoutedPeer {
  const peer = new RoutedPeer(new FakePipe());
  peer.id = id;
  return peer;
}

describe('RoutingTable', () => {
  it('finds peers by the bytes of their id', () => {
    const table = new RoutingTable();
    const ids = [
      'a',
      'ab',
      '',
      '\0',
      '\0\0\0\0\0',
      '\0\0\0\0',
      '\0\0\0\0\0\0',
      '\u00ff\u0080\u00fe\u0081',
      'x'.repeat(300),
    ];
    const peers = ids.map((id) => peerOf(bytes(id)));
    for (const peer of peers) table.add(peer);
    expect(ids.map((id) => table.find(bytes(id)))).toEqual(peers);
    for (const id of ['b', 'abc', '\0\0', '\0\0\0\0\u0001', '\0\0\0\u0001', 'x'.repeat(299)]) {
      expect(table.find(bytes(id))).toBeUndefined();
    }
  });

  it('forgets a peer, also one that was found last, by its very array', () => {
    const table = new RoutingTable();
    const id = bytes('a');
    const [old, fresh] = [peerOf(id), peerOf(bytes('a'))];
    table.add(old);
    expect(table.find(id)).toBe(old);
    table.delete(old);
    expect(table.find(id)).toBeUndefined();
    table.add(fresh);
    expect(table.find(id)).toBe(fresh);
    expect(table.find(fresh.id!)).toBe(fresh);
  });

  it('makes ids up that nobody has: 00 and a number', () => {
    const table = new RoutingTable(2 ** 32 - 2);
    table.add(peerOf(Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff)));
    const ids = [table.freeId(), table.freeId(), table.freeId()];
    expect(ids.map((id) => [...id])).toEqual([
      [0, 0xff, 0xff, 0xff, 0xfe],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 1],
    ]);
  });

  it('makes numbers up that nobody has, never 0', () => {
    const table = new RoutingTable(2 ** 32 - 1);
    table.add(peerOf(Uint8Array.of(0, 0, 0, 1)));
    expect([table.freeNumber(), table.freeNumber()].map((id) => [...id])).toEqual([
      [0xff, 0xff, 0xff, 0xff],
      [0, 0, 0, 2],
    ]);
  });

  it('looks nothing up that is longer than all it has', () => {
    const table = new RoutingTable();
    table.add(peerOf(bytes('a')));
    let looked = false;
    const long = new Proxy(new Uint8Array(2), {
      get: (target, name) => {
        if (name === '0') looked = true;
        return Reflect.get(target, name) as unknown;
      },
    });
    Object.defineProperty(long, 'length', { value: 10_000 });
    expect(table.find(long)).toBeUndefined();
    expect(looked).toBe(false);
  });

  it('does not begin with the same number twice', () => {
    const starts = new Set(Array.from({ length: 8 }, () => new RoutingTable().freeId().join()));
    expect(starts.size).toBeGreaterThan(1);
  });
});
