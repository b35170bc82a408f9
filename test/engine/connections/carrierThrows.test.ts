import { describe, expect, it } from 'vitest';
import type { Carrier } from '../../../src/engine/carriers/Carrier.js';
import type { EngineContext } from '../../../src/engine/context/EngineContext.js';
import { openEngineSocket } from '../../helpers/openEngineSocket.js';
import type { RxZmqError } from '../../../src/errors.js';
import { defaultClock } from '../../../src/rx/defaultClock.js';
import type { SocketStatus } from '../../../src/driver/SocketStatus.js';
import { nodeContext } from '../../helpers/nodeContext.js';

const files = Object.assign(new Error('open'), { code: 'EMFILE' });
const carrier: Carrier = {
  connect: () => {
    throw files;
  },
  listen: () => {
    throw files;
  },
};
const context: EngineContext = { ...nodeContext(), carriers: { tcp: carrier } };

/** A socket whose carriers throw, and what it tells. */
function open() {
  const statuses: SocketStatus['kind'][] = [];
  let fail: (error: RxZmqError) => void;
  let heard: () => void;
  let close: () => void;
  const failed = new Promise<RxZmqError>((resolve) => (fail = resolve));
  const retried = new Promise<void>((resolve) => (heard = resolve));
  const closed = new Promise<void>((resolve) => (close = resolve));
  const socket = openEngineSocket(
    {
      type: 'dealer',
      clock: defaultClock,
      endpoints: [],
      highWaterMark: 10,
      maxMessageBytes: 1000,
      limits: {},
      reconnect: { initialMs: 1, maxMs: 1 },
      heartbeat: false,
    } as never,
    {
      readable: () => undefined,
      writable: () => undefined,
      status: ({ kind }) => {
        statuses.push(kind);
        if (statuses.filter((each) => each === 'retrying').length === 2) heard();
      },
      failed: (error) => fail(error),
      closed: () => close(),
    },
    context,
  );
  return { socket, statuses, failed, retried, closed };
}

describe('a carrier that throws at once', () => {
  it.each(['before the socket runs', 'later on'])('is a SocketError of bind, %s, and close settles', async (when) => {
    const { socket, failed, closed } = open();
    if (when === 'later on') await new Promise((resolve) => setImmediate(resolve));
    expect(() => socket.bind('tcp://127.0.0.1:*')).not.toThrow();
    expect(await failed).toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'bind',
      message: expect.stringContaining('this process has too many files open (EMFILE)') as string,
      cause: files,
    });
    socket.close(0);
    await closed;
  });

  it('has a connection tried again, and close settles', async () => {
    const { socket, retried, closed } = open();
    socket.connect('tcp://127.0.0.1:1');
    await retried;
    socket.close(0);
    await closed;
  });

  it.each(['bind', 'connect'] as const)('is an UnsupportedError of %s where there is none', async (operation) => {
    const { socket, failed, closed } = open();
    await new Promise((resolve) => setImmediate(resolve));
    socket[operation]('carrier-pigeon://loft');
    expect(await failed).toMatchObject({ code: 'ERR_UNSUPPORTED' });
    socket.close(0);
    await closed;
  });
});
