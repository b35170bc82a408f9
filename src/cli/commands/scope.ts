import { Argument, type Command, Option } from 'commander';
import { identity, lastValueFrom, map, type Observable, switchMap, take, takeUntil, tap } from 'rxjs';
import type { Frame } from '../../index.js';
import { piped } from '../code/operatorPiece.js';
import { requireFrames } from '../messages/requireFrames.js';
import { integer } from '../options/numbers.js';
import {
  addEndpointOptions,
  addFileOptions,
  addLimitOptions,
  type LimitArguments,
  type SourceArguments,
} from '../options/receiveOptions.js';
import { addSecurityOptions } from '../options/securityOptions.js';
import { type ChosenSource, sourceOf } from '../places/sourceOf.js';
import type { Context } from '../run/Context.js';
import { exitCodes } from '../run/exitCodes.js';
import { Failure } from '../run/Failure.js';
import { UsageError } from '../run/UsageError.js';
import { withNotes } from '../run/withNotes.js';
import { LEAST_BINS, MOST_BINS, type ScopeSettings } from '../scope/settings.js';
import { isLive } from '../scope/show.js';
import { summary } from '../scope/summary.js';
import { figuresLine } from '../scope/figuresLine.js';
import { emptyView } from '../scope/view.js';
import { watch } from '../scope/watch.js';
import { type WindowName, windowNames } from '../scope/windows.js';
import { limitPieces } from '../stages/limitPieces.js';
import { showPage, type WebArguments } from '../web/showPage.js';
import { type CommonArguments, define, type Run } from './define.js';
import { printed } from './printed.js';

type Options = SourceArguments &
  LimitArguments &
  WebArguments & {
    readonly bins?: number;
    readonly window?: WindowName;
    readonly average?: number;
    readonly reference?: string;
    readonly range?: string;
    readonly web?: boolean;
  };

/** Without a terminal it draws for so long, unless told otherwise. */
const SECONDS_ALONE = 5;

/** `rxzmq scope`: spectrum and waterfall. */
export function scopeCommand(run: Run): Command {
  return define<Options>(run, {
    name: 'scope',
    summary: 'draw spectrum and waterfall of a signal',
    arguments: [new Argument('<source>', 'endpoint, rtl_tcp://host:port, recording or file of samples')],
    json: 'no pictures; each second the figures as JSON',
    examples: [
      'scope tcp://radio:5555',
      'scope tcp://flowgraph:5556 --codec gnuradio --rate 2.4M --freq 433.92M --bins 8192',
      'scope evening.sigmf-meta --web',
    ],
    options: (command) => {
      command
        .addOption(
          new Option('--bins <n>', `bins of the spectrum, a power of two (default: 2048)`).argParser(powerOfTwo),
        )
        .addOption(new Option('--window <name>', 'window (default: blackman-harris)').choices([...windowNames]))
        .addOption(
          new Option('--average <n>', 'average so many spectra (default: 4)').argParser(integer('--average', 1, 256)),
        )
        .addOption(
          new Option('--reference <dbfs>', 'level at the upper edge (default: automatic)').argParser(
            level('--reference'),
          ),
        )
        .addOption(
          new Option('--range <db>', 'levels from the upper to the lower edge (default: automatic)').argParser(
            level('--range'),
          ),
        )
        .addOption(new Option('--web', 'as a page in the browser, on this machine only'))
        .addOption(new Option('--port <n>', '--web: the port (default: any)').argParser(integer('--port', 0, 65_535)));
      addEndpointOptions(command);
      addFileOptions(command);
      addLimitOptions(command, 'frames');
      addSecurityOptions(command);
    },
    act: (context, [source = ''], options) => scope(context, source, options),
  });
}

function powerOfTwo(text: string): number {
  const bins = integer('--bins', LEAST_BINS, MOST_BINS)(text);
  if (Number.isInteger(Math.log2(bins))) return bins;
  throw new UsageError(`--bins must be a power of two from ${LEAST_BINS} to ${MOST_BINS}, not ${text}`);
}

function level(option: string) {
  return (text: string): string => {
    if (text.trim() !== '' && Number.isFinite(Number(text))) return text;
    throw new UsageError(`${option} must be a number of dB, not '${text}'`);
  };
}

async function scope(context: Context, text: string, options: Options & CommonArguments): Promise<number> {
  const { output, stop } = context;
  if (options.web === true) return showPage(context, text, options);
  const alone = options.seconds ?? (isLive || options.count !== undefined ? undefined : SECONDS_ALONE);
  const limits = { ...options, ...(alone !== undefined && { seconds: alone }) };
  let stopped = false;
  const onQuit = (): void => void (stopped = true);
  let link = '';

  const heard = (note: string): void => {
    link = note;
    if (!isLive) output.note(note);
  };
  const pictures = withNotes(heard, (status) =>
    sourceOf(text, options, { paced: true, status, isCode: options.code === true, hint: heard }).pipe(
      take(1),
      map((source) => requireFrameSource(text, source)),
      switchMap((source) => {
        if (options.code === true) return printed(context, programFor(text, source));
        return watch(framesOf(text, source, options), {
          status,
          waiting: `waiting for ${text}`,
          everyMs: alone === undefined ? 2000 : (alone * 1000) / 4,
          settings: settingsOf(options),
          onFigures: options.json === true ? (view) => output.line(figuresLine(view)) : undefined,
          onQuit,
        });
      }),
    ),
  );
  const limited = piped<typeof pictures>(
    pictures,
    limitPieces({ ...(limits.seconds !== undefined && { seconds: limits.seconds }) }),
  );
  const last = await lastValueFrom(limited.pipe(takeUntil(stop.pipe(tap(onQuit)))), {
    defaultValue: { view: emptyView, link: '' },
  });
  if (options.code === true) return exitCodes.ok;
  const { sum, settings, spectrum } = last.view;
  if (sum.frames > 0 && spectrum === undefined && sum.samples < settings.bins) {
    output.note(
      `${sum.samples} samples are fewer than the ${settings.bins} bins of the spectrum; --bins makes it smaller`,
    );
  }
  if (options.json !== true) output.line(summary(last.view.total));
  if (stopped || last.view.total.frames > 0) return exitCodes.ok;
  throw new Failure(`no frame came from ${text}: ${last.link || link || 'nobody answered'}`);
}

function settingsOf({ bins, window, average, reference, range }: Options): Partial<ScopeSettings> {
  return {
    ...(bins !== undefined && { bins }),
    ...(window !== undefined && { window }),
    ...(average !== undefined && { averages: average }),
    ...(reference !== undefined && { reference: Number(reference) }),
    ...(range !== undefined && { range: Number(range) }),
  };
}

function framesOf(text: string, source: ChosenSource, { count }: Options): Observable<Frame> {
  return source.piece.make().pipe(requireFrames(text), count === undefined ? identity : take(count));
}

function requireFrameSource(text: string, source: ChosenSource): ChosenSource {
  if (source.isFrames) return source;
  throw new UsageError(`the scope draws frames: ${text} with this --codec gives messages, which 'rxzmq listen' shows`);
}

function programFor(text: string, source: ChosenSource) {
  return {
    about: [`rxzmq scope ${text}: the frames; <rx-scope> of rxzmq/scope draws them in a page`, ...source.notes],
    source: source.piece,
    operators: [],
    next: '({ samples, ...facts }) => console.log(facts, samples.length)',
  };
}
