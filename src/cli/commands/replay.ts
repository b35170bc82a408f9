import { Argument, type Command, Option } from 'commander';
import { from, type Observable, switchMap, tap } from 'rxjs';
import { summaryOf } from '../messages/summaryOf.js';
import {
  addFileOptions,
  addLimitOptions,
  codecNames,
  type LimitArguments,
  type SourceArguments,
} from '../options/receiveOptions.js';
import { hertz } from '../options/numbers.js';
import { addSecurityOptions } from '../options/securityOptions.js';
import { addTargetOptions, type TargetArguments } from '../options/targetOptions.js';
import { samplesIn } from '../places/samplesIn.js';
import { type ChosenSource, sourceOf } from '../places/sourceOf.js';
import { targetOf } from '../places/targetOf.js';
import { placeOf } from '../places/placeOf.js';
import type { Context } from '../run/Context.js';
import { UsageError } from '../run/UsageError.js';
import { limitPieces } from '../stages/limitPieces.js';
import { type StageArguments, stagePieces } from '../stages/stagePieces.js';
import { type CommonArguments, define, type Run } from './define.js';
import { addStageOptions } from './relay.js';
import { transfer } from './transfer.js';

type Options = SourceArguments & LimitArguments & StageArguments & TargetArguments & { readonly fast?: boolean };

/** `rxzmq replay`: a recording, as if it were live. */
export function replayCommand(run: Run): Command {
  return define<Options>(run, {
    name: 'replay',
    summary: 'send a recording at its own rate, as if it were live',
    arguments: [
      new Argument('<file>', 'recording, or file of samples'),
      new Argument('<target>', 'endpoint; it is bound, unless --connect'),
    ],
    json: 'progress and the end as JSON',
    examples: [
      'replay evening tcp://*:5555',
      'replay evening tcp://*:5555 --pub --codec gnuradio --loop',
      'replay band.cu8 nats://server:4222/iq --rate 2.4M --freq 433.92M --speed 2',
    ],
    options: (command) => {
      addFileOptions(command);
      command
        .addOption(new Option('--fast', 'as fast as TARGET takes it'))
        .addOption(
          new Option('--codec <name>', 'what messages to TARGET are (default: sigs; dpstream on nats://)').choices([
            ...codecNames,
          ]),
        )
        .addOption(new Option('--rate <hz>', 'sample rate of a file without metadata').argParser(hertz('--rate')))
        .addOption(new Option('--freq <hz>', 'centre frequency of a file without metadata').argParser(hertz('--freq')));
      addTargetOptions(command);
      addStageOptions(command);
      addLimitOptions(command, 'frames');
      addSecurityOptions(command);
    },
    act: (context, [file = '', target = ''], options) => replay(context, file, target, options),
  });
}

function replay(context: Context, file: string, to: string, options: Options & CommonArguments): Promise<number> {
  if (placeOf(file, options.format).kind === 'endpoint')
    throw new UsageError(`FILE is an endpoint: ${file}; 'rxzmq relay' carries that`);
  if (options.fast === true && options.speed !== undefined)
    throw new UsageError('--fast and --speed exclude each other');
  const { codec, convert, rate, freq, format, loop, from: start, to: end, speed } = options;
  const given: SourceArguments = { rate, freq, format, loop, from: start, to: end, speed } as SourceArguments;
  const type = codec === 'gnuradio' && convert !== undefined && convert !== 'cf128' ? { type: convert } : {};
  const target: TargetArguments = { ...options, format: undefined, rate: undefined, freq: undefined, ...type } as never;
  const limits = limitPieces(options);
  const { code: isCode = false, seconds } = options;
  let total: number | undefined;
  const source = (status: Parameters<typeof sourceOf>[2]['status']): Observable<ChosenSource> => {
    const chosen = sourceOf(file, given, {
      paced: options.fast !== true,
      status,
      isCode,
      hint: context.output.note,
    });
    if (isCode) return chosen;
    return from(samplesIn(placeOf(file, format), given)).pipe(
      tap((samples) => (total = samples)),
      switchMap(() => chosen),
    );
  };
  return transfer(context, {
    about: `rxzmq replay ${file} ${to}`,
    source,
    target: (status) => targetOf(to, target, { status, wait: 1, isReplay: true, isRelay: false, isCode, seconds }),
    stages: () => [...limits, ...stagePieces(options)],
    goal: () => total,
    summary: (totals) => `replayed ${file}: ${summaryOf(totals)}`,
    json: options.json === true,
    code: isCode,
  });
}
