import { Argument, type Command, Option } from 'commander';
import {
  concat,
  defer,
  EMPTY,
  from,
  map,
  type Observable,
  of,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import { fromPull, fromSub, type Parts, raw, type SocketStatus } from '../../index.js';
import { object } from '../code/object.js';
import { type Facts, factsText } from '../messages/factsText.js';
import { Survey } from '../messages/Survey.js';
import { hertz, MOST_SECONDS, positive } from '../options/numbers.js';
import { iqFormats } from '../options/receiveOptions.js';
import {
  addSecurityOptions,
  endpointPiece,
  type SecurityArguments,
  securityFields,
} from '../options/securityOptions.js';
import { natsFacts } from '../places/natsFacts.js';
import { peerTypeOf } from '../places/peerTypeOf.js';
import { placeOf } from '../places/placeOf.js';
import { recordingFacts, samplesFacts } from '../places/recordingFacts.js';
import type { Context } from '../run/Context.js';
import { Failure } from '../run/Failure.js';
import { runToEnd } from '../run/runToEnd.js';
import { UsageError } from '../run/UsageError.js';
import { withNotes } from '../run/withNotes.js';
import { type CommonArguments, define, type Run } from './define.js';
import type { Subject } from 'rxjs';

interface Options extends SecurityArguments {
  readonly seconds?: number;
  readonly pull?: boolean;
  readonly verify?: boolean;
  readonly format?: (typeof iqFormats)[number];
  readonly rate?: number;
  readonly freq?: number;
}

const LISTEN_SECONDS = 2;
const ANSWER_SECONDS = 5;

/** `rxzmq info`: what is there. */
export function infoCommand(run: Run): Command {
  return define<Options>(run, {
    name: 'info',
    summary: 'say what is at an endpoint, or in a recording',
    arguments: [new Argument('<place>', 'endpoint, recording, archive, collection or file of samples')],
    json: 'the same as JSON',
    code: false,
    examples: ['info tcp://radio:5555', 'info nats://server:4222/jobs', 'info evening.sigmf-meta --verify --json'],
    options: (command) => {
      command
        .addOption(
          new Option('--seconds <n>', `a PUB: listen for so long (default: ${LISTEN_SECONDS})`).argParser(
            positive('--seconds', MOST_SECONDS),
          ),
        )
        .addOption(new Option('--pull', 'a PUSH: take messages too; nobody else gets these'))
        .addOption(new Option('--verify', 'a recording: read all samples and compare them with its sha512'))
        .addOption(new Option('--format <format>', 'format of a file without metadata').choices([...iqFormats]))
        .addOption(new Option('--rate <hz>', 'sample rate of a file without metadata').argParser(hertz('--rate')))
        .addOption(new Option('--freq <hz>', 'centre frequency of a file without metadata').argParser(hertz('--freq')));
      addSecurityOptions(command);
    },
    act: (context, [place = ''], options) => info(context, place, options),
  });
}

function info(context: Context, text: string, options: Options & CommonArguments): Promise<number> {
  const { output, stop } = context;
  const place = placeOf(text, options.format);
  const facts = defer((): Observable<readonly Facts[]> => {
    switch (place.kind) {
      case 'receiver':
        throw new UsageError(`${text} is a receiver: 'rxzmq scope' shows what it receives`);
      case 'recording':
        return from(recordingFacts(place.path, options.verify === true));
      case 'samples':
        return from(samplesFacts(place, options)).pipe(map((one) => [one]));
      case 'endpoint':
        return endpointFacts(context, place.endpoint, options);
    }
  });
  const shown = facts.pipe(
    takeUntil(stop),
    tap((all) => {
      if (options.json === true) output.line(JSON.stringify(all.length === 1 ? all[0] : all));
      else output.line(all.map(factsText).join('\n\n'));
    }),
  );
  return runToEnd(shown, context);
}

function endpointFacts({ output }: Context, endpoint: string, options: Options): Observable<readonly Facts[]> {
  if (endpoint.startsWith('nats')) return from(natsFacts(endpoint, options)).pipe(map((one) => [one]));
  const security = object(securityFields(endpoint, options, false)).make();
  return withNotes(output.note, (status) =>
    peerTypeOf(endpoint, security, status).pipe(
      timeout({
        first: ANSWER_SECONDS * 1000,
        with: () => throwError(() => new Failure(`nobody answers at ${endpoint}`)),
      }),
      take(1),
      switchMap((type) => {
        const first: Facts = { endpoint, type: describeType(type) };
        return survey(endpoint, type, security, options, status).pipe(map((more) => [{ ...first, ...more }]));
      }),
    ),
  );
}

/** What people connect to it with. */
function describeType(type: string): string {
  const command = {
    PUB: 'listen, scope and record take what it publishes',
    PUSH: 'listen, scope and record take from it',
  }[type];
  return command === undefined ? type : `${type} (${command})`;
}

/** What messages there are. A PUSH gives each message once: they are taken only if that is asked for. */
function survey(
  endpoint: string,
  type: string,
  security: Readonly<Record<string, unknown>>,
  options: Options,
  status: Subject<SocketStatus>,
): Observable<Facts> {
  const takes = type === 'PUB' || (type === 'PUSH' && options.pull === true);
  if (!takes)
    return of(type === 'PUSH' ? { messages: 'not looked at: a PUSH gives each one once; --pull takes some' } : {});
  const seen = new Survey();
  const settings = { ...security, codec: raw, status };
  const place = endpointPiece(endpoint, options).make();
  const messages = type === 'PUB' ? fromSub<Parts>(place, settings) : fromPull<Parts>(place, settings);
  return concat(
    messages.pipe(
      takeUntil(timer((options.seconds ?? LISTEN_SECONDS) * 1000)),
      tap((parts) => seen.add(parts)),
      switchMap(() => EMPTY),
    ),
    defer(() => of(seen.facts())),
  );
}
