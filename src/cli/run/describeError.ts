import { asOption } from '../words/asOption.js';
import { exitCodes } from './exitCodes.js';
import { missingPackages } from './missingPackages.js';
import { UsageError } from './UsageError.js';

/** What to print for an error, and how to end. */
export interface Verdict {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

const USAGE_CODES = new Set(['ERR_OPTION', 'ERR_ENDPOINT', 'ERR_UNSUPPORTED']);

/** One line for an error, or two: what happened, and what to do. `args` are the arguments of the program. */
export function describeError(error: unknown, args: readonly string[]): Verdict {
  const packages = missingPackages(error);
  if (packages.length > 0) return { lines: missing(packages, args), exitCode: exitCodes.failure };
  const { code } = (error ?? {}) as { readonly code?: unknown };
  const isUsage = error instanceof UsageError || (typeof code === 'string' && USAGE_CODES.has(code));
  const [line = ''] = messageOf(error).split('\n', 1);
  return { lines: [asOption(withoutCall(line))], exitCode: isUsage ? exitCodes.usage : exitCodes.failure };
}

/** The whole line that has everything. */
function missing(packages: readonly string[], args: readonly string[]): string[] {
  const wanted = ['rxzmq', 'rxjs', ...packages].map((name) => `-p ${name}`).join(' ');
  return [
    `${packages.join(' and ')} ${packages.length === 1 ? 'is' : 'are'} not installed; this line has everything:`,
    `npx ${wanted} rxzmq ${args.map(quoted).join(' ')}`.trimEnd(),
  ];
}

/** An argument as a shell takes it. */
function quoted(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? error.name : error.message;
}

/** Names of functions mean nothing on a command line. */
function withoutCall(line: string): string {
  return line.replace(/^(?:from|to|open)[A-Z]\w*: |^(?:serve|request|reply|readSigmf): /, '');
}
