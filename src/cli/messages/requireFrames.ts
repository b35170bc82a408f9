import { map, type OperatorFunction } from 'rxjs';
import type { Frame } from '../../index.js';
import { Failure } from '../run/Failure.js';
import { isFrame } from './lineOf.js';

/** Passes frames on; anything else, such as the real samples of some recordings, is an error that says so. */
export function requireFrames(what: string): OperatorFunction<unknown, Frame> {
  return map((value) => {
    if (isFrame(value)) return value;
    throw new Failure(`${what} has no complex samples: only 'rxzmq listen' and 'rxzmq info' take it`);
  });
}
