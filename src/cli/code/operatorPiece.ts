import type { OperatorFunction } from 'rxjs';
import type { Piece } from './Piece.js';

/** An operator of any kind, as a piece. */
export type OperatorPiece = Piece<OperatorFunction<never, unknown>>;

/** Applies operators one after the other; a `pipe` of any length. */
export function piped<T>(source: { pipe(operator: never): unknown }, operators: readonly OperatorPiece[]): T {
  return operators.reduce<{ pipe(operator: never): unknown }>(
    (from, { make }) => from.pipe(make() as never) as { pipe(operator: never): unknown },
    source,
  ) as T;
}
