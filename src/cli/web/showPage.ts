import { defer, finalize, from, type Observable, switchMap, take, takeUntil } from 'rxjs';
import { toPub } from '../../index.js';
import { programOf } from '../code/programOf.js';
import { requireFrames } from '../messages/requireFrames.js';
import type { SourceArguments } from '../options/receiveOptions.js';
import { type ChosenSource, sourceOf } from '../places/sourceOf.js';
import type { Context } from '../run/Context.js';
import { runToEnd } from '../run/runToEnd.js';
import { UsageError } from '../run/UsageError.js';
import { withNotes } from '../run/withNotes.js';
import { PageServer } from './PageServer.js';
import { requireWs } from './requireWs.js';

/** Options of the page. */
export interface WebArguments {
  readonly port?: number;
}

/** Shows a signal as a page in the browser, until it is stopped. Returns the exit code. */
export function showPage(
  context: Context,
  text: string,
  options: SourceArguments & WebArguments & { readonly code?: boolean },
): Promise<number> {
  const { output, stop } = context;
  const { code: isCode = false } = options;
  const work = withNotes(output.note, (status) =>
    defer(() => requireWs(isCode)).pipe(
      switchMap(() => sourceOf(text, options, { paced: true, status, isCode, hint: output.note })),
      take(1),
      takeUntil(stop),
      switchMap((source) => {
        if (!source.isFrames) throw new UsageError(`the scope draws frames: ${text} with this --codec gives messages`);
        if (isCode) {
          output.line(programFor(text, source));
          return [];
        }
        return served(context, text, source, options.port);
      }),
    ),
  );
  return runToEnd(work, context);
}

function served({ output, stop }: Context, text: string, source: ChosenSource, port?: number): Observable<unknown> {
  return defer(() => from(PageServer.open(port))).pipe(
    switchMap((page) => {
      output.line(page.link);
      output.note('open this link on this machine; Ctrl-C ends');
      return source.piece.make().pipe(
        takeUntil(stop),
        requireFrames(text),
        toPub(page.at('/iq'), { lingerMs: 0 }),
        finalize(() => void page.close()),
      );
    }),
  );
}

/** The same as a program, but for the page. */
function programFor(text: string, source: ChosenSource): string {
  return programOf({
    about: [
      `rxzmq scope ${text} --web: a page of the same server has <rx-scope src="/iq"> of rxzmq/scope`,
      ...source.notes,
    ],
    before: {
      make: () => undefined,
      text: "const server = createServer().listen(8080, '127.0.0.1');\nconst web = serve(server);\n",
      imports: { 'node:http': ['createServer'], 'rxzmq/gateway': ['serve'] },
    },
    source: source.piece,
    operators: [{ make: () => undefined, text: "toPub(web.at('/iq'))", imports: { rxzmq: ['toPub'] } }],
  }).trimEnd();
}
