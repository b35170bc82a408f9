import { Argument, type Command, Option } from 'commander';
import { type Observable, of, type OperatorFunction } from 'rxjs';
import { fromIterable, pace, type SampleType } from '../../index.js';
import { call } from '../code/call.js';
import { object } from '../code/object.js';
import type { OperatorPiece } from '../code/operatorPiece.js';
import { joinImports, type Piece } from '../code/Piece.js';
import { summaryOf } from '../messages/summaryOf.js';
import { hertz, integer, positive } from '../options/numbers.js';
import {
  addCodecOptions,
  addFileOptions,
  addLimitOptions,
  type LimitArguments,
  type SourceArguments,
} from '../options/receiveOptions.js';
import { addSecurityOptions } from '../options/securityOptions.js';
import { addTargetOptions, type TargetArguments } from '../options/targetOptions.js';
import { codecOf } from '../places/codecOf.js';
import { linesOf } from '../places/linesOf.js';
import { STANDARD } from '../places/placeOf.js';
import { type ChosenSource, sourceOf } from '../places/sourceOf.js';
import { targetOf } from '../places/targetOf.js';
import type { Context } from '../run/Context.js';
import { UsageError } from '../run/UsageError.js';
import { generate, generatorCode, type SignalName, signalNames, type SignalSettings } from '../signals/generate.js';
import { limitPieces } from '../stages/limitPieces.js';
import { type StageArguments, stagePieces } from '../stages/stagePieces.js';
import { type CommonArguments, define, type Run } from './define.js';
import { addStageOptions } from './relay.js';
import { transfer } from './transfer.js';

type Options = SourceArguments &
  LimitArguments &
  StageArguments &
  TargetArguments & {
    readonly signal?: SignalName;
    readonly offset?: number;
    readonly level?: number;
    readonly block?: number;
  };

/** `rxzmq send`: a file, the standard input or a generated signal. */
export function sendCommand(run: Run): Command {
  return define<Options>(run, {
    name: 'send',
    summary: 'send a file, the standard input or a generated signal',
    arguments: [
      new Argument('<target>', 'endpoint; it is bound, unless --connect'),
      new Argument(
        '[file]',
        'recording, file of samples, or lines for --codec text, json and raw; - for the standard input',
      ),
    ],
    json: 'progress and the end as JSON',
    examples: [
      'send tcp://*:5555 --signal tone --rate 2.048M --freq 433.92M',
      'send tcp://*:5555 evening.sigmf-meta --convert ci8',
      'printf \'{"mhz":98.5}\\n\' | rxzmq send tcp://tuner:5557 - --codec json --connect',
    ],
    options: (command) => {
      command
        .addOption(new Option('--signal <kind>', 'generate this (default: tone)').choices([...signalNames]))
        .addOption(
          new Option(
            '--offset <hz>',
            'a tone so far from the centre; a chirp sweeps to both sides (default: 1/8 of the rate)',
          ).argParser(hertz('--offset')),
        )
        .addOption(new Option('--level <dbfs>', 'level of the signal (default: -6)').argParser(levelOf))
        .addOption(
          new Option('--block <samples>', 'samples of a frame (default: 8192)').argParser(
            integer('--block', 1, 2 ** 24),
          ),
        );
      addCodecOptions(command);
      command.addOption(new Option('--topic <text>', 'the topic of all messages').argParser((text: string) => [text]));
      addTargetOptions(command);
      addFileOptions(command);
      addStageOptions(command);
      addLimitOptions(command, 'messages');
      addSecurityOptions(command);
    },
    act: (context, [target = '', file], options) => send(context, target, file, options),
  });
}

function levelOf(text: string): number {
  return text.trim().startsWith('-')
    ? -positive('--level')(text.trim().slice(1))
    : text.trim() === '0'
      ? 0
      : refuseLevel(text);
}

function refuseLevel(text: string): never {
  throw new UsageError(`--level must be a level of 0 dBFS or below, such as -6, not '${text}'`);
}

function send(
  context: Context,
  to: string,
  file: string | undefined,
  options: Options & CommonArguments,
): Promise<number> {
  if (file !== undefined && options.signal !== undefined)
    throw new UsageError('--signal generates what to send; leave FILE out');
  const codec = codecOf(options, to);
  const isLines = ['text', 'json', 'raw'].includes(codec.name);
  if (isLines && options.signal !== undefined) throw new UsageError(`--codec ${codec.name} sends lines, not a signal`);
  const type =
    options.codec === 'gnuradio' && options.type === undefined && isComplex(options.convert)
      ? { type: options.convert }
      : {};
  const limits = limitPieces(options);
  const { code: isCode = false, seconds } = options;
  return transfer(context, {
    about: `rxzmq send ${to}${file === undefined ? '' : ` ${file}`}`,
    source: (status) => {
      if (isLines) return of(lines(file ?? STANDARD, options));
      if (file === undefined) return of(generated(options));
      const { rate, freq, format, loop, from, to: end, speed } = options;
      const given = { rate, freq, format, loop, from, to: end, speed } as SourceArguments;
      return sourceOf(file, given, { paced: false, status, isCode, hint: context.output.note });
    },
    target: (status) =>
      targetOf(to, { ...options, format: undefined, rate: undefined, freq: undefined, ...type } as never, {
        status,
        wait: file === undefined && !isLines ? 0 : 1,
        isReplay: !isLines,
        isRelay: false,
        isCode,
        seconds,
      }),
    stages: () => [...limits, ...stagePieces(options)],
    summary: (totals, taken) => `sent ${isLines ? `${taken} line${taken === 1 ? '' : 's'}` : summaryOf(totals)}`,
    json: options.json === true,
    code: isCode,
  });
}

function isComplex(type: SampleType | undefined): type is Exclude<SampleType, 'cf128'> {
  return type !== undefined && type !== 'cf128';
}

function lines(file: string, { codec = 'text', topic }: Options): ChosenSource {
  const piece = linesOf(file, codec, codec === 'raw' ? undefined : topic?.[0]);
  return { place: { kind: 'samples', path: file }, isFrames: false, isTopical: topic !== undefined, notes: [], piece };
}

/** The generated signal, at its own rate. */
function generated({
  signal = 'tone',
  rate = 2.048e6,
  freq = 0,
  offset = rate / 8,
  level = -6,
  block = 8192,
}: Options): ChosenSource {
  const amplitude = Number((10 ** (level / 20)).toPrecision(6));
  const settings: SignalSettings = {
    signal,
    sampleRate: rate,
    centerFreq: freq,
    offset,
    amplitude,
    blockSamples: block,
  };
  const frames: Piece<Observable<unknown>> = {
    make: () => fromIterable(generate(settings)),
    text: 'fromIterable(generate())',
    imports: { rxzmq: ['frame', 'fromIterable'] },
    helper: generatorCode(settings),
  };
  const paced: OperatorPiece = call('rxzmq', 'pace', pace as never, [object({})]);
  const piece: Piece<Observable<unknown>> = {
    make: () => frames.make().pipe(paced.make() as OperatorFunction<unknown, unknown>),
    text: `${frames.text}.pipe(${paced.text})`,
    imports: joinImports([frames.imports, paced.imports]),
    helper: generatorCode(settings),
  };
  return { place: { kind: 'samples', path: signal }, isFrames: true, isTopical: false, notes: [], piece };
}
