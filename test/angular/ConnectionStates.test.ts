import { describe, expect, it } from 'vitest';
import { ConnectionStates } from '../../src/angular/client/ConnectionStates.js';
import type { StatusOf } from '../../src/driver/SocketStatus.js';

const endpoint = '/a';
const connecting: StatusOf = { kind: 'connecting', endpoint };
const connected: StatusOf = { kind: 'connected', endpoint };
const failed: StatusOf = { kind: 'handshakeFailed', endpoint, reason: 'no' };
const retrying: StatusOf = { kind: 'retrying', endpoint, delayMs: 1 };
const away: StatusOf = { ...retrying, reason: 'away' };
const gone: StatusOf = { kind: 'disconnected', endpoint, reason: 'gone' };
const closed: StatusOf = { kind: 'closed', endpoint };

describe('the state after statuses', () => {
  it.each<[string, string | undefined, StatusOf[]]>([
    ['idle', undefined, []],
    ['connecting', undefined, [connecting]],
    ['connected', undefined, [connecting, connected]],
    ['waiting', 'away', [connecting, away]],
    ['waiting', 'away', [connecting, away, connecting]],
    ['waiting', 'gone', [connecting, connected, gone]],
    ['waiting', 'gone', [connecting, connected, gone, retrying]],
    ['refused', 'no', [connecting, failed]],
    ['refused', 'no', [connecting, failed, retrying]],
    ['refused', 'no', [connecting, failed, retrying, connecting]],
    ['waiting', 'away', [connecting, failed, retrying, connecting, away]],
    ['connected', undefined, [connecting, failed, retrying, connecting, connected]],
    ['connected', undefined, [connecting, connected, { kind: 'stalled', endpoint }]],
    ['idle', undefined, [connecting, connected, closed]],
    ['idle', undefined, [closed]],
  ])('is %s (%s)', (state, reason, statuses) => {
    const states = new ConnectionStates();
    for (const status of statuses) states.saw({ ...status, socketId: 1 });
    expect([states.state(), states.reason()]).toEqual([state, reason]);
  });
});

it('is the worst of all endpoints of all sockets', () => {
  const states = new ConnectionStates();
  const saw = (socketId: number, status: StatusOf, at = endpoint): string => {
    states.saw({ ...status, endpoint: at, socketId });
    return states.state();
  };
  expect([
    saw(1, connecting),
    saw(1, connected),
    saw(1, connecting, '/b'),
    saw(1, connected, '/b'),
    saw(2, away),
    saw(3, failed),
    saw(3, closed),
    saw(2, closed),
    saw(1, closed, '/a, /b'),
  ]).toEqual([
    'connecting',
    'connected',
    'connecting',
    'connected',
    'waiting',
    'refused',
    'waiting',
    'connected',
    'idle',
  ]);
});
