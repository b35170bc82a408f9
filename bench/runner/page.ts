import { type Figure, holds } from './Figure.js';
import { overview } from './overview.js';
import type { Row } from './Row.js';
import type { Run } from './Run.js';
import { markdown, table } from './table.js';

const BEGIN = '<!-- results -->';
const END = '<!-- end of results -->';

/**
 * A page with these lines between its markers, instead of what stood there.
 *
 * @throws Error unless it has both markers, once each and in their order
 */
export function fillPage(page: string, lines: readonly string[]): string {
  const [before, rest, ...more] = page.split(BEGIN);
  const [old, after, ...others] = rest?.split(END) ?? [];
  if (old === undefined || after === undefined || before!.includes(END) || more.length + others.length > 0) {
    throw new Error(`the page needs one ${BEGIN} and one ${END} after it`);
  }
  return [before!, BEGIN, '\n\n', lines.join('\n'), '\n\n', END, after].join('');
}

/** A run in Markdown: what it was measured on, an overview, and all figures row by row. */
export function pageOf(run: Run, rows: readonly Pick<Row, 'name' | 'title'>[]): string[] {
  const figures = Object.values(run.rows).flat();
  const asked = figures.filter(({ target }) => target !== undefined);
  const short = asked.filter((figure) => holds(figure) === false);
  const lines = [
    `Measured on ${run.at.slice(0, 10)}${run.settings.quick ? ', in a quick run' : ''}. ` +
      `${asked.length - short.length} of ${asked.length} targets held.`,
    '',
    ...markdown(['', 'measured on and with'], Object.entries(run.machine)),
    '',
  ];
  if (run.notes.length > 0) lines.push(...run.notes.map((note) => `- ${note}`), '');
  if (figures.length > 0) lines.push('### All of it', '', ...overview(figures), '');
  if (short.length > 0) lines.push('### Targets missed', '', ...table(short), '');
  for (const { name, title } of rows) {
    const found: readonly Figure[] | undefined = run.rows[name];
    const why = run.missing[name];
    if (found) lines.push(`### ${name}`, '', `${title}.`, '', ...table(found), '');
    else if (why !== undefined) lines.push(`### ${name}`, '', `${title}.`, '', `Left out: ${why}.`, '');
  }
  return lines.slice(0, -1);
}
