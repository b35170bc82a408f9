import { distinctUntilChanged, filter, map, merge, type Observable, switchMap, takeUntil, timer } from 'rxjs';
import type { SocketStatus } from '../../index.js';
import { asOption } from '../words/asOption.js';

/** After how long it says that nobody answers. */
const PATIENCE_MS = 2000;

/**
 * Turns the events of sockets into lines for people: who came and went, that nobody answers for two seconds, and the first message that
 * could not be read, with what it looks like.
 */
export function endpointNotes(statuses: Observable<SocketStatus>): Observable<string> {
  const answered = statuses.pipe(filter(({ kind }) => kind === 'connected' || kind === 'handshakeFailed'));
  const alone = statuses.pipe(
    filter(({ kind }) => kind === 'connecting'),
    map(({ endpoint }) => endpoint),
    distinctUntilChanged(),
    switchMap((endpoint) =>
      timer(PATIENCE_MS).pipe(
        map(() => `nobody answers at ${endpoint}; it is tried again until someone does`),
        takeUntil(answered),
      ),
    ),
  );
  return merge(alone, statuses.pipe(noteOf()));
}

/** The note for each event that concerns the user, and none that says the same as the one before. */
function noteOf(): (statuses: Observable<SocketStatus>) => Observable<string> {
  let isGone = false;
  let invalid = 0;
  const bound = new Set<string>();
  const note = (status: SocketStatus): string | undefined => {
    const { endpoint } = status;
    switch (status.kind) {
      case 'listening':
        bound.add(endpoint);
        return `listening at ${endpoint}`;
      case 'connected':
        isGone = false;
        return undefined;
      case 'disconnected':
        if (isGone) return undefined;
        isGone = true;
        return `the peer at ${endpoint} is gone (${status.reason})`;
      case 'handshakeFailed':
        if (!bound.has(endpoint)) return `${endpoint} refuses: ${status.reason}`;
        // Who asks what this socket is connects with another type, and goes; that is not this user's concern.
        if (/does not talk to|socket types/.test(status.reason)) return undefined;
        return `a peer was turned away at ${endpoint}: ${status.reason}`;
      case 'invalid':
        invalid += 1;
        return invalid === 1 ? `messages from ${endpoint} cannot be read: ${status.reason}` : undefined;
      case 'dropped':
        return `${status.count ?? 'some'} messages were dropped at ${endpoint}: ${status.reason}`;
      case 'otherThread':
      case 'connecting':
      case 'retrying':
      case 'subscribed':
      case 'stalled':
      case 'resumed':
      case 'closed':
        return undefined;
    }
  };
  return (statuses) =>
    statuses.pipe(
      map(note),
      filter((text) => text !== undefined),
      map(asOption),
      distinctUntilChanged(),
    );
}
