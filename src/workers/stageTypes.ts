import type { Observable } from 'rxjs';
import type { Stage, StageWork } from './stage/stage.js';

/** A module whose default export is a stage: `typeof import('./stage.js')`; or the stage itself. */
export type StageModule = { readonly default: Stage<StageWork> } | Stage<StageWork>;

/** A stage of which nothing is known. */
export type AnyStage = Stage<(value: unknown, settings?: unknown) => unknown>;

/** The function of a stage. */
export type WorkOf<M> = M extends { readonly default: infer F } ? F : M;

/** What a stage takes. */
export type StageInput<M> = WorkOf<M> extends (value: infer T, ...rest: never[]) => unknown ? T : never;

/** What a stage is set up with: its second parameter. `undefined`: it has none. */
export type StageSettings<M> = WorkOf<M> extends (...args: infer A) => unknown ? A[1] : never;

/** What comes out of a stage. */
export type StageOutput<M> = WorkOf<M> extends (...args: never[]) => infer R ? ResultOf<Awaited<R>> : never;

/** What comes out, where a stage returns that. */
export type ResultOf<R> =
  R extends Observable<infer V>
    ? V
    : R extends AsyncIterable<infer V>
      ? V
      : R extends Generator<infer V, unknown, never>
        ? V
        : R;
