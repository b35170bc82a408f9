import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { run } from './run.js';

const SAYS = /^\s*\/\/ says: (.*)$/;
const current = createRequire(import.meta.url).resolve('typescript/package.json');

interface Complaint {
  readonly line: number;
  /** With everything that the compiler says to explain it. */
  readonly text: string;
}

/** What the compiler says about the mistakes, by line. */
function complaints(label: string, typescript: string): Complaint[] {
  const project = join(inject('consumer'), `mistakes-${label}`.replaceAll(' ', '-'));
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(project, 'mistakes.ts'), readFileSync(join(inject('consumer'), 'mistakes.ts')));
  const compilerOptions = {
    module: 'node16',
    moduleResolution: 'node16',
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['mistakes.ts'] }));
  const manifest = JSON.parse(readFileSync(join(typescript, 'package.json'), 'utf8')) as { bin: { tsc: string } };
  const { output } = run(project, join(typescript, manifest.bin.tsc), '-p', '.', '--pretty', 'false');
  const found: { line: number; text: string }[] = [];
  for (const line of output.split('\n')) {
    const [, at, text] = /^mistakes\.ts\((\d+),\d+\): error (.*)$/.exec(line) ?? [];
    if (at !== undefined) found.push({ line: Number(at), text: text! });
    else if (found.length > 0) found.at(-1)!.text += `\n${line}`;
  }
  return found;
}

describe.each([
  ['the lowest', () => join(inject('consumer'), 'node_modules/typescript-lowest')],
  ['our own', () => dirname(current)],
  ['the newest', () => join(inject('consumer'), 'node_modules/typescript-newest')],
])('%s TypeScript', (label, folder) => {
  it('blames the line of each typical mistake, says why, and nothing else', () => {
    const lines = readFileSync(join(inject('consumer'), 'mistakes.ts'), 'utf8').split('\n');
    const wanted = lines.flatMap((line, i) => {
      const [, says] = SAYS.exec(line) ?? [];
      return says === undefined ? [] : [{ line: i + 2, says }];
    });
    const found = complaints(label, folder());

    expect(wanted.length).toBeGreaterThanOrEqual(30);
    expect(found.map(({ line }) => line)).toEqual(wanted.map(({ line }) => line));
    for (const [i, { says }] of wanted.entries()) expect(found[i]!.text).toContain(says);
  });
});
