import { Argument, type Command, Option } from 'commander';
import { summaryOf } from '../messages/summaryOf.js';
import { integer, MOST_SECONDS, positive } from '../options/numbers.js';
import { addEndpointOptions, addFileOptions, type SourceArguments } from '../options/receiveOptions.js';
import { addSecurityOptions } from '../options/securityOptions.js';
import { placeOf } from '../places/placeOf.js';
import { sourceOf } from '../places/sourceOf.js';
import { targetOf } from '../places/targetOf.js';
import type { Context } from '../run/Context.js';
import { UsageError } from '../run/UsageError.js';
import { type StageArguments, stagePieces } from '../stages/stagePieces.js';
import { samplesPiece, secondsPiece } from '../stages/takeSamples.js';
import type { Totals } from '../run/Totals.js';
import { type CommonArguments, define, type Run } from './define.js';
import { addStageOptions } from './relay.js';
import { transfer } from './transfer.js';

type Options = SourceArguments &
  StageArguments & { readonly seconds?: number; readonly samples?: number; readonly overwrite?: boolean };

/** `rxzmq record`: frames to a recording. */
export function recordCommand(run: Run): Command {
  return define<Options>(run, {
    name: 'record',
    summary: 'record frames as SigMF, or as a file of samples',
    arguments: [
      new Argument('<source>', 'endpoint, rtl_tcp://host:port, recording or file of samples'),
      new Argument(
        '<name>',
        'NAME writes NAME.sigmf-meta and NAME.sigmf-data; NAME.sigmf, .wav, .cf32, .cs16, .cs8 one file',
      ),
    ],
    json: 'progress and the end as JSON',
    examples: [
      'record tcp://radio:5555 evening --seconds 300',
      'record tcp://flowgraph:5555 band --codec gnuradio --rate 2.4M --freq 433.92M --samples 10000000',
      'record rtl_tcp://host:1234 fm.wav --freq 98.5M --rate 240k --convert ci16',
    ],
    options: (command) => {
      command
        .addOption(
          new Option('--seconds <n>', 'end after so many seconds of signal').argParser(
            positive('--seconds', MOST_SECONDS),
          ),
        )
        .addOption(new Option('--samples <n>', 'end after so many samples').argParser(integer('--samples', 1)))
        .addOption(new Option('--overwrite', 'replace a recording that is there'));
      addEndpointOptions(command);
      command.addOption(
        new Option('--gain <db>', 'rtl_tcp: gain of the tuner (default: automatic)').argParser(positive('--gain')),
      );
      addFileOptions(command);
      addStageOptions(command);
      addSecurityOptions(command);
    },
    act: (context, [source = '', name = ''], options) => record(context, source, name, options),
  });
}

function record(context: Context, from: string, name: string, options: Options & CommonArguments): Promise<number> {
  const { seconds, samples, overwrite } = options;
  if (seconds !== undefined && samples !== undefined)
    throw new UsageError('--seconds and --samples exclude each other');
  if (placeOf(name).kind === 'endpoint')
    throw new UsageError(`NAME is a file, not an endpoint: ${name}; 'rxzmq relay' sends there`);
  return transfer(context, {
    about: `rxzmq record ${from} ${name}`,
    source: (status) =>
      sourceOf(from, options, { paced: false, status, isCode: options.code === true, hint: context.output.note }),
    target: (status) =>
      targetOf(
        name,
        { ...(overwrite === true && { overwrite }) },
        { status, wait: 0, isReplay: false, isRelay: false, isCode: false },
      ),
    stages: () => [
      ...(samples === undefined ? [] : [samplesPiece(samples)]),
      ...(seconds === undefined ? [] : [secondsPiece(seconds)]),
      ...stagePieces(options),
    ],
    goal: ({ sampleRate }: Totals) =>
      samples ?? (seconds !== undefined && sampleRate > 0 ? seconds * sampleRate : undefined),
    summary: (totals) => `recorded ${filesOf(name)}: ${summaryOf(totals)}`,
    json: options.json === true,
    code: options.code === true,
  });
}

/** The files that a name stands for. */
function filesOf(name: string): string {
  const isPair = placeOf(name).kind === 'recording' && !name.endsWith('.sigmf');
  const base = name.replace(/\.sigmf-(meta|data)$/, '');
  return isPair ? `${base}.sigmf-meta and ${base}.sigmf-data` : name;
}
