import { forkJoin, type Observable, Subject, switchMap, take, takeUntil, tap } from 'rxjs';
import type { SocketStatus } from '../../index.js';
import { type OperatorPiece, piped } from '../code/operatorPiece.js';
import type { Program } from '../code/programOf.js';
import { requireFrames } from '../messages/requireFrames.js';
import { nameOf } from '../places/placeOf.js';
import type { ChosenSource } from '../places/sourceOf.js';
import type { ChosenTarget } from '../places/targetOf.js';
import type { Context } from '../run/Context.js';
import { endIfAlone } from '../run/endIfAlone.js';
import { Failure } from '../run/Failure.js';
import { progress } from '../run/progress.js';
import { printed } from './printed.js';
import { runToEnd } from '../run/runToEnd.js';
import { Totals } from '../run/Totals.js';
import { wasStopped } from '../run/wasStopped.js';
import { withNotes } from '../run/withNotes.js';

/** What goes where. */
export interface Transfer {
  readonly about: string;
  readonly source: (status: Subject<SocketStatus>) => Observable<ChosenSource>;
  readonly target: (status: Subject<SocketStatus>) => Observable<ChosenTarget>;
  readonly stages: (source: ChosenSource) => readonly OperatorPiece[];
  /** How many samples there will be, if that is known. */
  readonly goal?: (totals: Totals) => number | undefined;
  /** The last line. `taken`: how many values the target took. */
  readonly summary: (totals: Totals, taken: number) => string;
  readonly json: boolean;
  readonly code: boolean;
}

/** Carries values from a source to a target, with progress, until the source or the user ends it. Returns the exit code. */
export function transfer(context: Context, what: Transfer): Promise<number> {
  const { output, stop } = context;
  const totals = new Totals();
  let given = 0;
  let taken = 0;
  let isEmpty = false;
  let hasPeer = false;
  const work = withNotes(output.note, (status) => {
    const targetStatus = new Subject<SocketStatus>();
    targetStatus.pipe(tap(({ kind }) => (hasPeer ||= kind === 'connected'))).subscribe(status);
    return forkJoin([what.source(status).pipe(take(1)), what.target(targetStatus).pipe(take(1))]).pipe(
      takeUntil(stop),
      switchMap(([source, target]) => {
        const stages = what.stages(source);
        if (what.code) return printed(context, programFor(what, source, stages, target));
        const goal = (): number | undefined => what.goal?.(totals);
        totals.written = target.written;
        const input = source.piece
          .make()
          .pipe(tap({ next: () => (given += 1), complete: () => (isEmpty = given === 0) }), takeUntil(stop));
        const frames = source.isFrames ? input.pipe(requireFrames(what.about)) : input;
        const staged = piped<Observable<unknown>>(frames, stages);
        const counted = source.isFrames
          ? (staged as ReturnType<ReturnType<typeof requireFrames>>).pipe(
              progress({ output, totals, json: what.json, goal }),
            )
          : staged;
        return counted.pipe(
          target.piece.make(),
          tap(() => (taken += 1)), // a sink emits what it has handed over, not what it was given
          endIfAlone(targetStatus, stop),
          tap({ complete: () => told(source, target) }),
        );
      }),
    );
  });
  const told = (source: ChosenSource, target: ChosenTarget): void => {
    output.endProgress();
    if (taken === 0 && !wasStopped(stop)) {
      const isAlone = target.place.kind === 'endpoint' && !hasPeer && !isEmpty;
      throw new Failure(
        isAlone ? `nobody took anything at ${nameOf(target.place)}` : `nothing came from ${nameOf(source.place)}`,
      );
    }
    const isPiped = target.place.kind === 'samples' && target.place.path === '-';
    if (what.json && !isPiped) output.line(JSON.stringify({ event: 'end', values: taken, ...totals.toJSON() }));
    else output.note(what.summary(totals, taken));
  };
  return runToEnd(work, context);
}

function programFor(
  { about }: Transfer,
  source: ChosenSource,
  stages: readonly OperatorPiece[],
  target: ChosenTarget,
): Program {
  return { about: [about], source: source.piece, operators: [...stages, target.piece] };
}
