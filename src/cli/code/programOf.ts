import { type Imports, joinImports, type Piece } from './Piece.js';

/** A program that `--code` prints. */
export interface Program {
  /** What it does, as the comment above it. */
  readonly about: readonly string[];
  readonly source: Piece;
  readonly operators: readonly Piece[];
  /** What to do with each value, such as `(frame) => console.log(frame)`. @default nothing */
  readonly next?: string | undefined;
  /** Statements before the pipeline. */
  readonly before?: Piece | undefined;
  /** Statements after it. */
  readonly after?: Piece | undefined;
}

const WIDTH = 120;

/** A program as text, in the style of the examples. */
export function programOf({ about, source, operators, next = '', before, after }: Program): string {
  const pieces = [source, ...operators, ...(before ? [before] : []), ...(after ? [after] : [])];
  const end = `.subscribe(${next})`;
  const pipe =
    operators.length === 0
      ? `${source.text}${end};`
      : [source.text, '  .pipe(', ...operators.map(({ text }) => `    ${text},`), '  )', `  ${end};`].join('\n');
  return [
    ...about.map((line) => `// ${line}`),
    ...importLines(joinImports(pieces.map(({ imports }) => imports))),
    '',
    ...helpersOf(pieces),
    ...(before ? [before.text] : []),
    pipe,
    ...(after ? [after.text] : []),
    '',
  ].join('\n');
}

/** The functions that the pieces need, once each. */
function helpersOf(pieces: readonly Piece[]): string[] {
  return [...new Set(pieces.flatMap(({ helper }) => (helper === undefined ? [] : [helper])))];
}

/** Node's modules first, then packages, each in the order of the alphabet. */
function importLines(imports: Imports): string[] {
  const modules = Object.keys(imports).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return modules.map((module) => {
    const names = [...imports[module]!].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    const line = names.length === 0 ? `import '${module}';` : `import { ${names.join(', ')} } from '${module}';`;
    return line.length <= WIDTH
      ? line
      : `import {\n${names.map((name) => `  ${name},`).join('\n')}\n} from '${module}';`;
  });
}

const rank = (module: string): number => (module.startsWith('node:') ? 0 : module === 'rxjs' ? 1 : 2);
const nameOf = (name: string): string => name.replace(/^type /, '').toLowerCase();
