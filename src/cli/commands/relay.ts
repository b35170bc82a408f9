import { Argument, type Command, Option } from 'commander';
import { summaryOf } from '../messages/summaryOf.js';
import { integer, positive } from '../options/numbers.js';
import {
  addEndpointOptions,
  addFileOptions,
  addLimitOptions,
  type LimitArguments,
  sampleTypes,
  type SourceArguments,
} from '../options/receiveOptions.js';
import { addSecurityOptions } from '../options/securityOptions.js';
import {
  addTargetCodecOption,
  addTargetOptions,
  type TargetArguments,
  targetArguments,
} from '../options/targetOptions.js';
import { codecOf } from '../places/codecOf.js';
import { placeOf } from '../places/placeOf.js';
import { sourceOf } from '../places/sourceOf.js';
import { targetOf } from '../places/targetOf.js';
import type { Context } from '../run/Context.js';
import { UsageError } from '../run/UsageError.js';
import { limitPieces } from '../stages/limitPieces.js';
import { type StageArguments, stagePieces } from '../stages/stagePieces.js';
import { type CommonArguments, define, type Run } from './define.js';
import { transfer } from './transfer.js';

type Options = SourceArguments &
  LimitArguments &
  StageArguments &
  Pick<TargetArguments, 'connect' | 'pub' | 'wait' | 'overwrite'>;

/** `rxzmq relay`: from any source to any target. */
export function relayCommand(run: Run): Command {
  return define<Options>(run, {
    name: 'relay',
    summary: 'carry frames or messages from any source to any target',
    arguments: [
      new Argument('<source>', 'endpoint, recording or file of samples (- for the standard input)'),
      new Argument('<target>', 'endpoint, or file of samples (- for the standard output)'),
    ],
    json: 'progress and the end as JSON',
    examples: [
      'relay tcp://radio:5555 tcp://*:5556 --pub --convert ci8',
      'relay tcp://flowgraph:5555 nats://server:4222/iq --codec gnuradio --to-codec dpstream',
      'relay tcp://radio:5555 - --convert cf32 | csdr fmdemod_quadri_cf | rxzmq send tcp://*:5556 - --format cf32 --rate 48k',
    ],
    options: (command) => {
      addEndpointOptions(command);
      addFileOptions(command);
      addTargetOptions(command);
      addTargetCodecOption(command);
      addStageOptions(command);
      command.addOption(new Option('--overwrite', 'replace a file that is there'));
      addLimitOptions(command, 'messages');
      addSecurityOptions(command);
      addSecurityOptions(command, 'to-');
    },
    act: (context, [source = '', target = ''], options) => relay(context, source, target, options),
  });
}

/** Adds the options for what happens on the way. */
export function addStageOptions(command: Command): Command {
  return command
    .addOption(new Option('--convert <type>', 'convert samples to this type').choices([...sampleTypes]))
    .addOption(
      new Option('--reblock <samples>', 'frames of exactly so many samples').argParser(
        integer('--reblock', 1, 2 ** 27),
      ),
    )
    .addOption(
      new Option('--pace [speed]', 'at the rate of the frames, or so many times faster').argParser(positive('--pace')),
    );
}

function relay(context: Context, from: string, to: string, options: Options & CommonArguments): Promise<number> {
  const own = targetArguments(options as Readonly<Record<string, unknown>>);
  const input = placeOf(from, options.format);
  const codec = codecOf(options, input.kind === 'endpoint' ? input.endpoint : '');
  const isSocket = input.kind === 'endpoint';
  const target: TargetArguments = {
    ...own,
    ...(own.codec === undefined &&
      isSocket &&
      codec.name !== 'dpstream' &&
      codec.name !== 'sigs' && { codec: codec.name }),
    ...(options.topic !== undefined && codec.isTopical && { topic: [] }),
    ...((own.codec ?? codec.name) === 'gnuradio' && gnuradioType(options)),
  };
  const stages = stagePieces(options);
  const isFrames = !isSocket || codec.isFrames;
  if (!isFrames && stages.length > 0)
    throw new UsageError(`--convert, --reblock and --pace are for frames, not for --codec ${codec.name}`);
  if (!isFrames && own.codec !== undefined && own.codec !== codec.name) {
    throw new UsageError(`messages of --codec ${codec.name} cannot become --to-codec ${own.codec}`);
  }
  const limits = limitPieces(options);
  const { code: isCode = false, seconds } = options;
  return transfer(context, {
    about: `rxzmq relay ${from} ${to}`,
    source: (status) => sourceOf(from, options, { paced: false, status, isCode, seconds, hint: context.output.note }),
    target: (status) =>
      targetOf(to, target, {
        status,
        wait: isSocket ? 0 : 1,
        isReplay: !isSocket,
        isRelay: isSocket,
        isCode,
        seconds,
      }),
    stages: () => [...limits, ...stages],
    summary: (totals, taken) => `relayed ${isFrames ? summaryOf(totals) : `${taken} message${taken === 1 ? '' : 's'}`}`,
    json: options.json === true,
    code: isCode,
  });
}

/** A stream of GNU Radio has one type, which its messages do not say. */
function gnuradioType({ convert, type }: Options): Pick<TargetArguments, 'type'> {
  const known = convert ?? type;
  return known === undefined || known === 'cf128' ? {} : { type: known };
}
