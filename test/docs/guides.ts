import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const read = (path: string): string => readFileSync(root + path, 'utf8');

/** The guides, by their paths. */
export const guides: ReadonlyMap<string, string> = new Map(
  readdirSync(`${root}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [`docs/${name}`, read(`docs/${name}`)]),
);

/** The words of a text that stand in code spans, and in the code of examples. */
export function codeWords(text: string): Set<string> {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  const blocks = [...text.matchAll(/^```ts\n\/\/ examples\/[^]*?^```$/gm)].map(([block]) => block);
  return new Set([...spans, ...blocks].flatMap((code) => code.match(/[A-Za-z_]\w*/g) ?? []));
}
