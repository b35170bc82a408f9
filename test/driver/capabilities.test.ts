import { describe, expect, it } from 'vitest';
import { subDrivers, socketDrivers } from '../../src/platform/node.js';
import { Open } from './Open.js';

/** Larger than what is copied in any case. */
const LARGE_BYTES = 65_536;

const doors = [
  ['the engine, for sources and sinks', subDrivers.engine, true],
  ['libzmq, for sources and sinks', subDrivers.native, true],
  ['the engine, for any socket', socketDrivers.engine, false],
  ['libzmq, for any socket', socketDrivers.native, false],
] as const;

describe.each(doors)('what %s claims', (_, driver, requiresPeer) => {
  const { capabilities } = driver;

  it('is so: it tells now or later, tells the peer, and what it has released', async () => {
    const push = new Open(driver, { type: 'push', bind: true, requiresPeer, tellsReleased: true });
    const pull = new Open(driver, { type: 'pull', bind: false, requiresPeer }, await push.bound());
    const parts = [new Uint8Array(LARGE_BYTES).fill(7)];

    expect(await push.sent(parts, true)).toBe(capabilities.tellsLater ? 'later' : 'now');

    expect(await pull.received()).toEqual(parts);
    expect(pull.socket.from !== undefined).toBe(capabilities.tellsPeer);
    if (capabilities.tellsReleased) expect(await push.heard(() => push.released[0])).toBe(parts);
    else expect(push.released).toEqual([]);
    expect(push.toldOf.includes('confirmed')).toBe(capabilities.confirms);
  });

  it.runIf(capabilities.copiesAtOnce)('is so: it has copied when write returns', async () => {
    const push = new Open(driver, { type: 'push', bind: true, requiresPeer });
    const pull = new Open(driver, { type: 'pull', bind: false, requiresPeer }, await push.bound());
    for (const length of [1, 4095, LARGE_BYTES]) {
      const part = new Uint8Array(length).fill(7);
      await push.sent([part], false);
      part.fill(0);
      expect(await pull.received()).toEqual([new Uint8Array(length).fill(7)]);
    }
  });

  it('has settle where it settles', () => {
    const { socket } = new Open(driver, { type: 'pull', bind: true, requiresPeer });
    expect(socket.settle !== undefined).toBe(capabilities.settles);
  });
});
