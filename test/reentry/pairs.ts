import {
  defer,
  filter,
  finalize,
  from,
  ignoreElements,
  map,
  merge,
  mergeMap,
  NEVER,
  Observable,
  of,
  tap,
  timer,
} from 'rxjs';
import {
  align,
  bounded,
  type Codec,
  frame,
  type Frame,
  fromIterable,
  fromPull,
  fromSub,
  gaps,
  iterate,
  json,
  latest,
  openSocket,
  pace,
  pacedMap,
  proxy,
  reblock,
  reply,
  request,
  requester,
  stats,
  tee,
  teeBy,
  toPub,
  toPush,
} from 'rxzmq';
import { fromReader, message, type ReaderResult, toWriter, userData } from '../../src/savant/index.js';
import type { Pair, Rig } from './Rig.js';

/** What becomes of the pipeline when a callback throws. */
type OnThrow = 'goes on' | 'ends';

export interface Case extends Pair {
  /** The callbacks that it has, besides `next` and the statuses of its kind. */
  readonly callbacks: Readonly<Record<string, OnThrow>>;
  /** Where it works. @default everywhere */
  readonly transports?: readonly string[];
  /** It has no socket of its own: one driver is as good as the other. */
  readonly isOperator?: boolean;
  /** It waits for promises. */
  readonly needsRealTime?: boolean;
}

const MANY = 1_000_000;
const numbers = json((value) => {
  if (typeof value !== 'number') throw new Error('no number');
  return value;
});

const calling = (rig: Rig): Codec<number> => ({
  encode: (value) => (rig.call('encode'), numbers.encode(value)),
  decode: (parts) => (rig.call('decode'), numbers.decode(parts)),
});

const own = (rig: Rig, bind: boolean) => ({ bind, driver: rig.driver, status: rig.ownStatus, lingerMs: 0 });
const other = (rig: Rig, bind: boolean) => ({ bind, driver: rig.driver, status: rig.otherStatus, lingerMs: 0 });

const sending = (rig: Rig, bind: boolean) => ({ ...other(rig, bind), codec: numbers, maxBuffered: MANY });
const pushes = (rig: Rig, url: string, bind: boolean) => rig.feed.pipe(toPush(url, sending(rig, bind)));
const publishes = (rig: Rig, url: string, bind: boolean) => rig.feed.pipe(toPub(url, sending(rig, bind)));
/** Every third message is none that can be read. */
const feedsBad = (rig: Rig, url: string, bind: boolean) =>
  rig.feed.pipe(
    map((n) => (n % 3 === 2 ? 'bad' : n)),
    toPush(url, { ...other(rig, bind), codec: json(), maxBuffered: MANY }),
  );

/** Large enough to be lent, with a rate and times. */
function frameOf(n: number): Frame {
  const samples = new Int32Array(2048);
  samples[0] = n;
  return { ...frame(samples, { sampleRate: 1e6, timestampNs: BigInt(n) * 1_024_000n }), sequence: n };
}
const feedsFrames = (rig: Rig, url: string, bind: boolean) =>
  rig.feed.pipe(map(frameOf), toPush(url, { ...other(rig, bind), sequence: 'preserve', maxBuffered: MANY }));
const numberOf = ({ samples }: Frame): number => Number(samples[0]);

/** A consumer of what a PULL socket receives. */
const consumer = (
  consume: (rig: Rig, source: Observable<number>) => Observable<number>,
  callbacks: Readonly<Record<string, OnThrow>> = {},
): Case => ({
  callbacks,
  isOperator: true,
  own: (rig, url, bind) => consume(rig, fromPull(url, { ...own(rig, bind), codec: numbers })),
  other: pushes,
});

/** A consumer of frames, of which every third is missing; what it gives is counted. */
const consumerOfFrames = (
  consume: (rig: Rig, source: Observable<Frame>) => Observable<unknown>,
  callbacks: Readonly<Record<string, OnThrow>> = {},
): Case => ({
  callbacks,
  isOperator: true,
  own: (rig, url, bind) => consume(rig, fromPull(url, own(rig, bind))).pipe(map((_, index) => index + 1)),
  other: (rig, url, bind) =>
    rig.feed.pipe(
      filter((n) => n % 3 !== 0),
      map(frameOf),
      toPush(url, { ...other(rig, bind), sequence: 'preserve', maxBuffered: MANY }),
    ),
});

/** What a loop over an iteration of it sees. */
const looping = (rig: Rig, source: Observable<number>) =>
  new Observable<number>((subscriber) => {
    const iteration = iterate(source);
    const loop = async (): Promise<void> => {
      for await (const value of iteration) {
        rig.call('body');
        subscriber.next(value);
      }
    };
    loop().then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
    return () => void iteration.return?.();
  });

const asking = (rig: Rig, url: string, bind: boolean, questionOf: (n: number) => unknown = (n) => n) =>
  rig.feed.pipe(
    map(questionOf),
    request(url, {
      ...other(rig, bind),
      codec: json(),
      timeoutMs: 100,
      connectTimeoutMs: 60_000,
      concurrency: 4,
      maxBuffered: MANY,
      onTimeout: () => -1,
    }),
  );
const answering = (rig: Rig, url: string, bind: boolean) =>
  reply(url, (asked: number) => asked, { ...other(rig, bind), codec: numbers });

/** A handle that is closed at the end. */
function handling<H extends { close(options: { lingerMs: number }): Promise<void> }>(
  open: () => H,
  use: (handle: H) => Observable<number>,
): Observable<number> {
  return defer(() => {
    const handle = open();
    return use(handle).pipe(finalize(() => void handle.close({ lingerMs: 0 })));
  });
}

const side = <H extends { bind(url: string): H; connect(url: string): H }>(handle: H, url: string, bind: boolean): H =>
  bind ? handle.bind(url) : handle.connect(url);
const textOf = (parts: readonly Uint8Array[]) => Number(new TextDecoder().decode(parts[0]));

const savantUrl = (type: string, url: string, bind: boolean) =>
  `${type}+${bind ? 'bind' : 'connect'}:${url.replace(':*', ':0')}`;
const sourceNumber = (result: ReaderResult): number =>
  result.kind === 'message' && result.message.payload.kind === 'userData' ? Number(result.message.payload.sourceId) : 0;
const savantPair = (writer: string, reader: string): readonly [writes: Case, reads: Case] => {
  const written = (rig: Rig, url: string, bind: boolean, status: Rig['ownStatus']) =>
    rig.feed.pipe(
      map((n) => ({ message: message(userData(String(n))) })),
      toWriter(savantUrl(writer, url, bind), { driver: rig.driver, status, maxBuffered: MANY, receiveTimeoutMs: 100 }),
      filter(({ kind }) => kind === 'success' || kind === 'ack'),
      map(({ outgoing }) => sourceNumberOf(outgoing.message.payload)),
    );
  const read = (rig: Rig, url: string, bind: boolean, status: Rig['ownStatus']) =>
    fromReader(savantUrl(reader, url, bind), { driver: rig.driver, status: status as never }).pipe(
      filter(({ kind }) => kind === 'message'),
      map(sourceNumber),
    );
  const common = { callbacks: {}, transports: ['tcp'] };
  return [
    {
      ...common,
      own: (rig, url, bind) => written(rig, url, bind, rig.ownStatus),
      other: (rig, url, bind) => read(rig, url, bind, rig.otherStatus),
    },
    {
      ...common,
      own: (rig, url, bind) => read(rig, url, bind, rig.ownStatus),
      other: (rig, url, bind) => written(rig, url, bind, rig.otherStatus),
    },
  ];
};
const sourceNumberOf = (payload: object): number => Number((payload as { sourceId: string }).sourceId);

const [toDealer, fromRouter] = savantPair('dealer', 'router');
const [toReq, fromRep] = savantPair('req', 'rep');
const [toSavantPub, fromSavantSub] = savantPair('pub', 'sub');

let behind = 0;

/** All that calls its user back. A new callback is a line in `callbacks` and a `rig.call` where it is called. */
export const cases: Readonly<Record<string, Case>> = {
  fromPull: {
    callbacks: { onInvalid: 'ends', decode: 'goes on' },
    own: (rig, url, bind) =>
      fromPull(url, { ...own(rig, bind), codec: calling(rig), onInvalid: () => rig.call('onInvalid') }),
    other: feedsBad,
  },
  fromSub: {
    callbacks: { decode: 'goes on' },
    own: (rig, url, bind) => fromSub(url, { ...own(rig, bind), codec: calling(rig) }),
    other: publishes,
  },
  'fromSub, conflating': {
    callbacks: {},
    own: (rig, url, bind) => fromSub(url, { ...own(rig, bind), codec: numbers, conflate: true }),
    other: publishes,
  },
  toPush: {
    callbacks: { encode: 'ends' },
    own: (rig, url, bind) => rig.feed.pipe(toPush(url, { ...own(rig, bind), codec: calling(rig), maxBuffered: MANY })),
    other: (rig, url, bind) => fromPull(url, { ...other(rig, bind), codec: numbers }),
  },
  'toPush of frames': {
    callbacks: { zeroCopy: 'ends' },
    own: (rig, url, bind) =>
      rig.feed.pipe(
        map(frameOf),
        toPush(url, { ...own(rig, bind), maxBuffered: MANY, zeroCopy: () => rig.call('zeroCopy') }),
        map(numberOf),
      ),
    other: (rig, url, bind) => fromPull(url, other(rig, bind)),
  },
  toPub: {
    callbacks: { encode: 'ends' },
    own: (rig, url, bind) =>
      rig.feed.pipe(
        toPub(url, {
          ...own(rig, bind),
          codec: calling(rig),
          maxBuffered: MANY,
          waitForSubscribers: rig.hasBroker ? undefined : 1,
        }),
      ),
    other: (rig, url, bind) => fromSub(url, { ...other(rig, bind), codec: numbers }),
  },
  request: {
    callbacks: { project: 'ends', encode: 'ends', decode: 'goes on' },
    own: (rig, url, bind) =>
      rig.feed.pipe(
        request(url, {
          ...own(rig, bind),
          codec: calling(rig),
          timeoutMs: 200,
          connectTimeoutMs: 60_000,
          retries: 100,
          maxBuffered: MANY,
          project: (answer: number) => (rig.call('project'), answer),
        }),
      ),
    other: answering,
  },
  requester: {
    callbacks: { project: 'ends', done: 'ends' },
    own: (rig, url, bind) =>
      handling(
        () =>
          requester(url, {
            ...own(rig, bind),
            codec: numbers,
            timeoutMs: 200,
            connectTimeoutMs: 60_000,
            retries: 100,
            project: (answer: number) => (rig.call('project'), answer),
          }),
        (client) =>
          rig.feed.pipe(
            pacedMap((n) => client.request(n).pipe(tap({ complete: () => rig.call('done') })), { maxBuffered: MANY }),
          ),
      ),
    other: answering,
  },
  reply: {
    callbacks: { handler: 'goes on', onInvalid: 'ends', encode: 'goes on', decode: 'goes on' },
    own: (rig, url, bind) =>
      reply(url, (asked: number) => (rig.call('handler'), asked), {
        ...own(rig, bind),
        codec: calling(rig),
        onInvalid: () => rig.call('onInvalid'),
      }).pipe(map(({ request: asked }) => asked)),
    other: (rig, url, bind) => asking(rig, url, bind, (n) => (n % 3 === 2 ? 'bad' : n)),
  },
  'reply, later': {
    callbacks: { answer: 'goes on' },
    own: (rig, url, bind) =>
      reply(url, (asked: number) => timer(1).pipe(map(() => (rig.call('answer'), asked))), {
        ...own(rig, bind),
        codec: numbers,
      }).pipe(map(({ request: asked }) => asked)),
    other: (rig, url, bind) => asking(rig, url, bind),
  },
  'messages of a pull handle': {
    callbacks: {},
    own: (rig, url, bind) =>
      handling(
        () => side(openSocket('pull', { driver: rig.driver, status: rig.ownStatus }), url, bind),
        (pull) => pull.messages.pipe(map(textOf)),
      ),
    other: pushes,
  },
  'sink of a push handle': {
    callbacks: {},
    own: (rig, url, bind) =>
      handling(
        () => side(openSocket('push', { driver: rig.driver, status: rig.ownStatus }), url, bind),
        (push) => rig.feed.pipe(map(String), push.sink({ maxBuffered: MANY }), map(Number)),
      ),
    other: (rig, url, bind) => fromPull(url, { ...other(rig, bind), codec: numbers }),
  },
  'messages and sink of a req handle': {
    callbacks: { sent: 'ends' },
    own: (rig, url, bind) =>
      handling(
        () => side(openSocket('req', { driver: rig.driver, status: rig.ownStatus }), url, bind),
        (req) =>
          merge(
            req.messages.pipe(map(textOf)),
            rig.feed.pipe(
              map(String),
              req.sink({ maxBuffered: MANY }),
              tap(() => rig.call('sent')),
              ignoreElements(),
            ),
          ),
      ),
    other: (rig, url, bind) =>
      handling(
        () => side(openSocket('router', { driver: rig.driver, status: rig.otherStatus }), url, bind),
        (router) => router.messages.pipe(mergeMap((asked) => (void router.send(asked), NEVER))),
      ),
  },
  proxy: {
    callbacks: {},
    own: (rig, url, bind) => {
      const name = `inproc://behind-${(behind += 1)}`;
      const back = openSocket('push', { driver: rig.driver, status: rig.otherStatus }).bind(name);
      return handling(
        () => side(openSocket('pull', { driver: rig.driver, status: rig.ownStatus }), url, bind),
        (front) =>
          merge(
            proxy(front, back, { everyMs: 2 }).pipe(ignoreElements()),
            fromPull(name, { driver: rig.driver, codec: numbers, status: rig.otherStatus }),
          ).pipe(finalize(() => void back.close({ lingerMs: 0 }))),
      );
    },
    other: pushes,
  },
  pacedMap: consumer((rig, source) => source.pipe(pacedMap((n) => (rig.call('project'), of(n)))), { project: 'ends' }),
  'pacedMap, later': consumer((_rig, source) => source.pipe(pacedMap((n) => timer(1).pipe(map(() => n))))),
  tee: consumer(
    (rig, source) =>
      source.pipe(
        tee(
          (input) => input.pipe(tap(() => rig.call('branch'))),
          (input) => input.pipe(pacedMap((n) => timer(1).pipe(map(() => n)))),
        ),
      ),
    { branch: 'ends' },
  ),
  bounded: consumer((_rig, source) =>
    source.pipe(
      bounded(2, 'drop-oldest'),
      pacedMap((n) => timer(1).pipe(map(() => n))),
    ),
  ),
  latest: consumer((_rig, source) =>
    source.pipe(
      latest(),
      pacedMap((n) => timer(1).pipe(map(() => n))),
    ),
  ),
  teeBy: consumer(
    (rig, source) =>
      source.pipe(
        teeBy(
          (n) => (rig.call('key'), n % 2),
          () => (input) => input.pipe(tap(() => rig.call('branch'))),
        ),
      ),
    { key: 'ends', branch: 'ends' },
  ),
  iterate: { ...consumer(looping, { body: 'ends' }), needsRealTime: true },
  gaps: consumerOfFrames((rig, source) => source.pipe(gaps({ onGap: () => rig.call('onGap') })), { onGap: 'ends' }),
  stats: consumerOfFrames((_rig, source) => source.pipe(stats({ everyMs: 2 }))),
  reblock: consumerOfFrames((_rig, source) => source.pipe(reblock(300))),
  pace: {
    isOperator: true,
    callbacks: {},
    own: (rig, url, bind) => fromPull(url, own(rig, bind)).pipe(pace({ speed: 2 }), map(numberOf)),
    other: feedsFrames,
  },
  align: {
    isOperator: true,
    callbacks: {},
    own: (rig, url, bind) =>
      align(fromPull(url, own(rig, bind)), rig.feed.pipe(map(frameOf)), { maxBuffered: MANY }).pipe(
        map(([first]) => numberOf(first)),
      ),
    other: feedsFrames,
  },
  fromIterable: {
    isSilent: true,
    isOperator: true,
    callbacks: { iterator: 'ends' },
    own: (rig) => {
      const values = function* (): Generator<number> {
        for (let n = 1; ; n += 1) {
          rig.call('iterator');
          yield n;
        }
      };
      return fromIterable(values()).pipe(pacedMap((n) => timer(1).pipe(map(() => n))));
    },
    other: () => from([]),
  },
  'toWriter to ROUTER': toDealer,
  'fromReader of DEALER': fromRouter,
  'toWriter to REP': toReq,
  'fromReader of REQ': fromRep,
  'toWriter to SUB': toSavantPub,
  'fromReader of PUB': fromSavantSub,
};
