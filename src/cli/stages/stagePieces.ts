import { convertSamples, pace, reblock, type SampleType } from '../../index.js';
import { call } from '../code/call.js';
import { literal } from '../code/literal.js';
import { object } from '../code/object.js';
import type { OperatorPiece } from '../code/operatorPiece.js';

/** What happens to frames on their way. */
export interface StageArguments {
  readonly convert?: SampleType;
  readonly reblock?: number;
  /** `true`: at the rate of the frames. */
  readonly pace?: boolean | number;
}

/** The operators for it. */
export function stagePieces(given: StageArguments): OperatorPiece[] {
  const stages: OperatorPiece[] = [];
  if (given.convert !== undefined) {
    stages.push(call('rxzmq', 'convertSamples', convertSamples as never, [literal(given.convert)]));
  }
  if (given.reblock !== undefined) stages.push(call('rxzmq', 'reblock', reblock as never, [literal(given.reblock)]));
  if (given.pace !== undefined && given.pace !== false) {
    const speed = given.pace === true ? undefined : literal(given.pace);
    stages.push(call('rxzmq', 'pace', pace as never, [object({ speed })]));
  }
  return stages;
}
