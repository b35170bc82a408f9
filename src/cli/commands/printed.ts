import { defer, type Observable } from 'rxjs';
import { type Program, programOf } from '../code/programOf.js';
import type { Context } from '../run/Context.js';

/** Prints a program, and nothing else happens. */
export function printed({ output }: Context, program: Program): Observable<never> {
  return defer(() => {
    output.line(programOf(program).trimEnd());
    return [];
  });
}
