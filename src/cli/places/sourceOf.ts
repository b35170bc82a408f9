import { map, type Observable, of, type Subject } from 'rxjs';
import { fromPull, fromSub, type InvalidMessage, type Parts, type SocketStatus } from '../../index.js';
import { fromIqFile, fromRtlTcp, fromSigmf } from '../../sigmf/index.js';
import { call } from '../code/call.js';
import { literal } from '../code/literal.js';
import { object } from '../code/object.js';
import type { Piece } from '../code/Piece.js';
import { guessCodec } from '../messages/guessCodec.js';
import { positionOf } from '../options/positionOf.js';
import type { SourceArguments } from '../options/receiveOptions.js';
import { endpointPiece, securityFields } from '../options/securityOptions.js';
import { UsageError } from '../run/UsageError.js';
import { codecOf } from './codecOf.js';
import { type Patience, patient } from './patient.js';
import { peerTypeOf, UNTOLD } from './peerTypeOf.js';
import { type Place, placeOf, STANDARD } from './placeOf.js';

/** Where values come from. */
export interface ChosenSource {
  readonly place: Place;
  /** How the socket is opened. @default no socket */
  readonly side?: 'sub' | 'pull';
  readonly isFrames: boolean;
  readonly isTopical: boolean;
  /** What a program that uses it must say in a comment. */
  readonly notes: readonly string[];
  readonly piece: Piece<Observable<unknown>>;
}

/** How a source is read, besides what the arguments say. */
export interface SourceSettings extends Patience {
  /** A file is read at its own rate, unless the arguments say otherwise. */
  readonly paced: boolean;
  readonly status: Subject<SocketStatus>;
  /** Called with what the first message looks like that could not be read, if its error does not say so. */
  readonly hint: (text: string) => void;
}

/** The types that a receiver takes messages from, and the socket that does it. */
const SIDES: Readonly<Record<string, 'sub' | 'pull'>> = {
  PUB: 'sub',
  XPUB: 'sub',
  PUSH: 'pull',
  [UNTOLD]: 'pull',
};

/**
 * Emits the source that an argument names, once it is known: whether an endpoint is a PUB or a PUSH, its peer says.
 *
 * @throws UsageError
 */
export function sourceOf(text: string, given: SourceArguments, settings: SourceSettings): Observable<ChosenSource> {
  const place = placeOf(text, given.format);
  if (place.kind !== 'endpoint') {
    refuse(
      given,
      ['bind', 'sub', 'pull', 'topic', 'codec', 'stream', 'security', 'token'],
      `for endpoints, and '${text}' is none`,
    );
    return of({ place, isFrames: true, isTopical: false, notes: [], piece: fileSource(place, given, settings) });
  }
  refuse(given, ['format', 'loop', 'from', 'to', 'speed'], `for files, and ${place.endpoint} is an endpoint`);
  const { endpoint } = place;
  return sideOf(endpoint, given, settings).pipe(
    map((side) => {
      const notes =
        side === 'unknown' ? [`nobody answered at ${endpoint}: if it is a PUSH, this must be fromPull`] : [];
      return endpointSource(endpoint, side === 'unknown' ? 'sub' : side, given, settings, notes);
    }),
  );
}

function refuse(given: SourceArguments, names: readonly (keyof SourceArguments)[], why: string): void {
  const name = names.find((one) => given[one] !== undefined);
  if (name !== undefined) throw new UsageError(`--${name} is ${why}`);
}

function sideOf(
  endpoint: string,
  given: SourceArguments,
  { status, ...patience }: SourceSettings,
): Observable<'sub' | 'pull' | 'unknown'> {
  if (given.sub === true || given.topic !== undefined) return of('sub');
  if (given.pull === true || given.bind === true) return of('pull');
  if (endpoint.startsWith('nats')) return of('sub'); // a queue would give its messages away
  const security = object(securityFields(endpoint, given, false)).make();
  return peerTypeOf(endpoint, security, status).pipe(
    patient(patience, '', `nothing came from ${endpoint}`),
    map((type) => {
      if (type === '') return 'unknown';
      const side = SIDES[type];
      if (side !== undefined) return side;
      throw new UsageError(
        `${endpoint} is a ${type} socket, which is neither a PUB nor a PUSH: nothing comes from there by itself`,
      );
    }),
  );
}

function endpointSource(
  endpoint: string,
  side: 'sub' | 'pull',
  given: SourceArguments,
  { status, hint }: SourceSettings,
  notes: readonly string[],
): ChosenSource {
  const codec = codecOf(given, endpoint);
  if (given.stream !== undefined && (side === 'pull' || !codec.isFrames)) {
    throw new UsageError('--stream needs frames from a PUB: a PUSH does not filter');
  }
  const binds = given.bind === true;
  const options = object(
    {
      codec: codec.piece,
      bind: binds ? literal(true) : undefined,
      topics: side === 'sub' && given.topic && codec.name !== 'gnuradio' ? literal(given.topic) : undefined,
      streamId: given.stream === undefined ? undefined : literal(given.stream),
      ...securityFields(endpoint, given, binds),
    },
    { status, onInvalid: hinting(hint) },
  );
  const [name, run] = side === 'sub' ? (['fromSub', fromSub] as const) : (['fromPull', fromPull] as const);
  const piece = call('rxzmq', name, run as (...args: never[]) => Observable<unknown>, [
    endpointPiece(endpoint, given),
    options,
  ]);
  return {
    place: { kind: 'endpoint', endpoint },
    side,
    isFrames: codec.isFrames,
    isTopical: codec.isTopical,
    notes,
    piece,
  };
}

function fileSource(
  place: Exclude<Place, { kind: 'endpoint' }>,
  given: SourceArguments,
  { paced }: SourceSettings,
): Piece<Observable<unknown>> {
  const { rate, freq, format } = given;
  const isPipe = place.kind === 'samples' && place.path === STANDARD;
  if (place.kind === 'receiver') {
    const options = object({
      sampleRate: rate === undefined ? undefined : literal(rate),
      centerFreq: freq === undefined ? undefined : literal(freq),
      gain: given.gain === undefined ? undefined : literal(given.gain),
    });
    return call('rxzmq/sigmf', 'fromRtlTcp', fromRtlTcp as (...args: never[]) => Observable<unknown>, [
      literal(place.address),
      options,
    ]);
  }
  if (isPipe && place.format === undefined)
    throw new UsageError('the standard input does not say its format: --format cf32');
  const replay = {
    pace: given.speed !== undefined ? literal(given.speed) : paced && !isPipe ? literal(true) : undefined,
    loop: given.loop === undefined ? undefined : literal(given.loop),
    from: given.from === undefined ? undefined : literal(positionOf('--from', given.from)),
    to: given.to === undefined ? undefined : literal(positionOf('--to', given.to)),
  };
  if (place.kind === 'recording') {
    refuse(given, ['rate', 'freq'], 'for what does not say it itself; a recording does');
    return call('rxzmq/sigmf', 'fromSigmf', fromSigmf as (...args: never[]) => Observable<unknown>, [
      literal(place.path),
      object(replay),
    ]);
  }
  const hasRate = rate !== undefined || place.format === 'wav';
  const options = object({
    format: format === undefined ? undefined : literal(format),
    sampleRate: rate === undefined ? undefined : literal(rate),
    centerFreq: freq === undefined ? undefined : literal(freq),
    ...replay,
    pace: hasRate || given.speed !== undefined ? replay.pace : undefined,
  });
  return call('rxzmq/sigmf', 'fromIqFile', fromIqFile as (...args: never[]) => Observable<unknown>, [
    literal(place.path),
    options,
  ]);
}

/** Looks at the first message that could not be read. The status tells the reason. */
function hinting(hint: (text: string) => void): (message: InvalidMessage) => void {
  let isFirst = true;
  return ({ error, parts }) => {
    const { codec, isTopical, text } = guessCodec(parts as Parts);
    if (isFirst && codec !== undefined && !/use the codec|leave out the codec/.test(error.message)) {
      hint(`they look like ${text}: --codec ${codec}${isTopical ? " --topic ''" : ''} reads them`);
    }
    isFirst = false;
  };
}
