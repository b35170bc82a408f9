import { take, takeUntil, timer } from 'rxjs';
import { call } from '../code/call.js';
import { literal } from '../code/literal.js';
import type { OperatorPiece } from '../code/operatorPiece.js';
import type { LimitArguments } from '../options/receiveOptions.js';

/**
 * The operators that end a command by the clock, or after so many values. The clock begins here: finding out what the peer is takes of
 * the same time.
 */
export function limitPieces({ seconds, count }: LimitArguments): OperatorPiece[] {
  const pieces: OperatorPiece[] = [];
  if (seconds !== undefined) pieces.push(clockPiece(seconds));
  if (count !== undefined) pieces.push(call('rxjs', 'take', take as never, [literal(count)]));
  return pieces;
}

function clockPiece(seconds: number): OperatorPiece {
  const ms = Math.round(seconds * 1000);
  const beganMs = performance.now();
  return {
    make: () => takeUntil(timer(Math.max(0, ms - (performance.now() - beganMs)))),
    text: `takeUntil(timer(${literal(ms).text}))`,
    imports: { rxjs: ['takeUntil', 'timer'] },
  };
}
