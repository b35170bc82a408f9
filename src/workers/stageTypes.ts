import type { Observable } from 'rxjs';
import type { Stage, StageWork } from './stage/stage.js';

/** A module whose default export is a stage: `typeof import('./stage.js')`; or the stage itself. */
export type StageModule = { readonly default: Stage<StageWork> } | Stage<StageWork>;

/** A stage with unknown types. */
export type AnyStage = Stage<(value: unknown, settings?: unknown) => unknown>;

/** The function of a stage. */
export type WorkOf<M> = M extends { readonly default: infer F } ? F : M;

/** The input type of a stage. */
export type StageInput<M> = WorkOf<M> extends (value: infer T, ...rest: never[]) => unknown ? T : never;

/** The settings of a stage: its second parameter. `undefined`: it has none. */
export type StageSettings<M> = WorkOf<M> extends (...args: infer A) => unknown ? A[1] : never;

/** The output type of a stage. */
export type StageOutput<M> = WorkOf<M> extends (...args: never[]) => infer R ? ResultOf<Awaited<R>> : never;

/** The output type of a stage that returns `R`. */
export type ResultOf<R> =
  R extends Observable<infer V>
    ? V
    : R extends AsyncIterable<infer V>
      ? V
      : R extends Generator<infer V, unknown, never>
        ? V
        : R;
