import { Argument, type Command } from 'commander';
import { defaultIfEmpty, defer, map, type Observable, of, switchMap, take, takeUntil, tap } from 'rxjs';
import { pacedMap } from '../../index.js';
import { type OperatorPiece, piped } from '../code/operatorPiece.js';
import { lineOf } from '../messages/lineOf.js';
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
import { Failure } from '../run/Failure.js';
import { wasStopped } from '../run/wasStopped.js';
import { runToEnd } from '../run/runToEnd.js';
import { withNotes } from '../run/withNotes.js';
import { limitPieces } from '../stages/limitPieces.js';
import { type CommonArguments, define, type Run } from './define.js';
import { printed } from './printed.js';

type Options = SourceArguments & LimitArguments;

/** `rxzmq listen`: frames or messages, a line each. */
export function listenCommand(run: Run): Command {
  return define<Options>(run, {
    name: 'listen',
    summary: 'show frames or messages, a line each',
    arguments: [new Argument('<source>', 'endpoint, recording or file of samples (- for the standard input)')],
    json: 'a JSON object for each line',
    examples: [
      'listen tcp://radio:5555',
      'listen tcp://quotes:5556 --codec json --topic EUR --count 10',
      'listen tcp://radio:5555 --json | jq .rmsDbfs',
    ],
    options: (command) => {
      addEndpointOptions(command);
      addFileOptions(command);
      addLimitOptions(command, 'messages');
      addSecurityOptions(command);
    },
    act: (context, [source = ''], options) => listen(context, source, options),
  });
}

function listen(context: Context, text: string, options: Options & CommonArguments): Promise<number> {
  const { output, stop } = context;
  const limits = limitPieces(options);
  const { code: isCode = false, seconds } = options;
  let lines = 0;
  const work = withNotes(output.note, (status) =>
    sourceOf(text, options, { paced: false, status, isCode, seconds, hint: output.note }).pipe(
      take(1),
      takeUntil(stop),
      switchMap((source) => {
        if (isCode) return printed(context, programFor(text, source, limits));
        const settings = { json: options.json === true, isTopical: source.isTopical, isTerminal: output.isTerminal };
        return piped<Observable<unknown>>(source.piece.make().pipe(takeUntil(stop)), limits).pipe(
          map((value) => lineOf(value, settings)),
          pacedMap((line) => written(context, line)),
          tap(() => (lines += 1)),
          tap({
            complete: () => {
              if (lines === 0 && !wasStopped(stop)) throw new Failure(`nothing came from ${text}`);
            },
          }),
        );
      }),
    ),
  );
  return runToEnd(work, context);
}

/** Writes a line; the next one waits until its reader is ready. */
function written({ output, stop }: Context, line: string): Observable<unknown> {
  return defer(() => {
    output.line(line);
    return output.isFull ? output.drained().pipe(takeUntil(stop), defaultIfEmpty(undefined)) : of(undefined);
  });
}

function programFor(text: string, source: ChosenSource, operators: readonly OperatorPiece[]) {
  const next = source.isFrames
    ? '({ samples, ...facts }) => console.log(facts, samples.length)'
    : '(value) => console.log(value)';
  return { about: [`rxzmq listen ${text}`, ...source.notes], source: source.piece, operators, next };
}
