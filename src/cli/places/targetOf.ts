import { map, type Observable, of, type OperatorFunction, type Subject } from 'rxjs';
import { type SocketStatus, toPub, toPush } from '../../index.js';
import { toIqFile, toSigmf } from '../../sigmf/index.js';
import { datatypeOfFormat } from '../../sigmf/iq/IqFormat.js';
import { call } from '../code/call.js';
import { literal } from '../code/literal.js';
import { object } from '../code/object.js';
import type { Piece } from '../code/Piece.js';
import { endpointPiece, securityFields } from '../options/securityOptions.js';
import type { TargetArguments } from '../options/targetOptions.js';
import type { Written } from '../run/Totals.js';
import { UsageError } from '../run/UsageError.js';
import { codecOf } from './codecOf.js';
import { type Patience, patient } from './patient.js';
import { peerTypeOf, UNTOLD } from './peerTypeOf.js';
import { type Place, placeOf } from './placeOf.js';

type Sink = OperatorFunction<unknown, unknown>;

/** Where values go. */
export interface ChosenTarget {
  readonly place: Place;
  /** What the samples become, if the format of the file converts them. */
  readonly written?: Written | undefined;
  readonly piece: Piece<Sink>;
}

/** How a target is opened, besides what the arguments say. */
export interface TargetSettings extends Patience {
  readonly status: Subject<SocketStatus>;
  /** How many subscribers a PUB waits for, unless the arguments say otherwise. */
  readonly wait: number;
  /** Whether frames get the time at which they are sent. */
  readonly isReplay: boolean;
  /** Whether frames keep their numbers, so that loss further up stays visible. */
  readonly isRelay: boolean;
}

const SIDES: Readonly<Record<string, 'pub' | 'push'>> = {
  SUB: 'pub',
  XSUB: 'pub',
  PULL: 'push',
  [UNTOLD]: 'push',
};

/** Emits the target that an argument names, once it is known. @throws UsageError */
export function targetOf(text: string, given: TargetArguments, settings: TargetSettings): Observable<ChosenTarget> {
  const place = placeOf(text, given.format);
  switch (place.kind) {
    case 'receiver':
      throw new UsageError(`${text} is a receiver: nothing can be sent to it`);
    case 'samples':
    case 'recording':
      return of({ place, written: writtenIn(place), piece: fileTarget(place, given) });
    case 'endpoint':
      return sideOf(place.endpoint, given, settings).pipe(
        map((side) => ({ place, piece: endpointTarget(place.endpoint, side, given, settings) })),
      );
  }
}

function sideOf(
  endpoint: string,
  given: TargetArguments,
  { status, ...patience }: TargetSettings,
): Observable<'pub' | 'push'> {
  if (given.pub === true || given.wait !== undefined || given.topic !== undefined) return of('pub');
  if (!connects(endpoint, given) || endpoint.startsWith('nats')) return of('push');
  return peerTypeOf(endpoint, object(securityFields(endpoint, given, false)).make(), status).pipe(
    patient(patience, 'PULL', `nobody took anything at ${endpoint}`),
    map((type) => {
      const side = SIDES[type];
      if (side !== undefined) return side;
      throw new UsageError(`${endpoint} is a ${type} socket, which is neither a SUB nor a PULL: it takes no frames`);
    }),
  );
}

/** Endpoints of servers are only connected to. */
function connects(endpoint: string, { connect }: TargetArguments): boolean {
  return connect === true || /^(nats|wss?)/.test(endpoint);
}

function endpointTarget(
  endpoint: string,
  side: 'pub' | 'push',
  given: TargetArguments,
  { status, wait, isReplay, isRelay }: TargetSettings,
): Piece<Sink> {
  const codec = codecOf(given, endpoint);
  const joins = connects(endpoint, given);
  const waits = given.wait ?? wait;
  const isNats = endpoint.startsWith('nats');
  const options = object(
    {
      codec: codec.piece,
      bind: joins && !isNats ? literal(false) : undefined,
      waitForSubscribers: side === 'pub' && waits > 0 && !isNats ? literal(waits) : undefined,
      timestamp: isReplay && codec.isFrames && codec.name !== 'gnuradio' ? literal('now') : undefined,
      sequence: isRelay && (codec.name === 'sigs' || codec.name === 'dpstream') ? literal('preserve') : undefined,
      endOfStream: isNats && isReplay && codec.isFrames ? literal(true) : undefined,
      ...securityFields(endpoint, given, !joins),
    },
    { status },
  );
  const [name, run] = side === 'pub' ? (['toPub', toPub] as const) : (['toPush', toPush] as const);
  return call('rxzmq', name, run as (...args: never[]) => Sink, [endpointPiece(endpoint, given), options]);
}

/** WAV takes the type of the frames, as a recording does. */
function writtenIn(place: Place): Written | undefined {
  if (place.kind !== 'samples' || place.format === undefined || place.format === 'wav') return undefined;
  return { sampleType: place.format, bytesPerSample: datatypeOfFormat(place.format).bytesPerSample };
}

function fileTarget(place: Extract<Place, { path: string }>, { overwrite, format }: TargetArguments): Piece<Sink> {
  const options = object({
    format: format === undefined ? undefined : literal(format),
    overwrite: overwrite === true ? literal(true) : undefined,
  });
  return place.kind === 'recording'
    ? call('rxzmq/sigmf', 'toSigmf', toSigmf as (...args: never[]) => Sink, [literal(place.path), options])
    : call('rxzmq/sigmf', 'toIqFile', toIqFile as (...args: never[]) => Sink, [literal(place.path), options]);
}
