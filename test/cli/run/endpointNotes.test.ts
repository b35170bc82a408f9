import { from } from 'rxjs';
import type { SocketStatus } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { endpointNotes } from '../../../src/cli/run/endpointNotes.js';

const endpoint = 'tcp://0.0.0.0:5556';
const failed = (reason: string) => ({ kind: 'handshakeFailed', endpoint, reason });

/** What is said about events that come one after the other. */
function said(...statuses: readonly object[]): string[] {
  const notes: string[] = [];
  from(statuses as readonly SocketStatus[])
    .pipe(endpointNotes)
    .subscribe((note) => notes.push(note));
  return notes;
}

describe('endpointNotes', () => {
  const bound = { kind: 'listening', endpoint };
  const listening = `listening at ${endpoint}`;

  it.each([
    'a PUSH socket does not talk to one of type "SUB"',
    'the peer closed the connection during the handshake, as it does where the socket types or the security do not fit',
    'refused: the socket types do not fit each other',
  ])('does not tell of a visitor that asks what a bound endpoint is: %s', (reason) => {
    expect(said(bound, failed(reason))).toEqual([listening]);
    expect(said(failed(reason))).toEqual([`${endpoint} refuses: ${reason}`]);
  });

  it.each([
    'HELLO could not be opened: another key made it, or it was changed',
    'the peer closed the connection during the handshake, as it does where a key or a name is not the right one',
  ])('says that a bound endpoint turned a peer away: %s', (reason) => {
    expect(said(bound, failed(reason))).toEqual([listening, `a peer was turned away at ${endpoint}: ${reason}`]);
  });

  it('names options of the command line', () => {
    const note = said({ kind: 'invalid', endpoint, reason: "it has a key; say which by option 'key'" });
    expect(note).toEqual([`messages from ${endpoint} cannot be read: it has a key; say which by --topic`]);
  });
});
