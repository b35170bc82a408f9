// Completes the comments of the built types, which editors show beside a call: `{@includeCode ...}` becomes the code of the example,
// and every overload has the comment of its function.
//
//   node scripts/hovers.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codeOf } from './regions.mjs';

const dist = new URL('../dist/', import.meta.url);

/** A comment that begins in the first column, and the overload behind it. */
const OVERLOAD = /(\/\*\*\n(?: \*[^\n]*\n)+? \*\/\n)?((?:export )?declare function (\w+)\b[^]*?;\n)/g;

function withCode(text) {
  return text.replaceAll(
    /^( *)\* \{@includeCode (?:\.\.\/)+(examples\/[^#\s}]+)(?:#(\w+))?\}$/gm,
    (_, indent, name, region) => {
      const code = codeOf(name, region).replaceAll('*/', '*\\/');
      return ['```ts', ...code.split('\n'), '```'].map((line) => `${indent}* ${line}`.trimEnd()).join('\n');
    },
  );
}

function withOverloads(text) {
  const comments = new Map();
  return text.replaceAll(OVERLOAD, (whole, comment, declaration, name) => {
    if (comment !== undefined) comments.set(name, comment);
    return comment === undefined && comments.has(name) ? comments.get(name) + declaration : whole;
  });
}

for (const name of readdirSync(dist)) {
  if (!/\.d\.c?ts$/.test(name)) continue;
  const text = readFileSync(new URL(name, dist), 'utf8');
  const complete = withOverloads(withCode(text));
  if (complete !== text) writeFileSync(new URL(name, dist), complete);
}
