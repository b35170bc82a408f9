import { readFileSync } from 'node:fs';
import type { Piece } from '../code/Piece.js';
import { literal } from '../code/literal.js';
import { UsageError } from '../run/UsageError.js';

/** Where a secret comes from. It is never an argument: other users of the machine see those, and shells keep them. */
export type Secret = { readonly from: 'env'; readonly name: string } | { readonly from: 'file'; readonly path: string };

/** Reads `env:NAME` or `file:PATH`. @throws UsageError, without the text: it may be the secret itself */
export function secret(option: string) {
  return (text: string): Secret => {
    const [, from, place = ''] = /^(env|file):(.+)$/s.exec(text) ?? [];
    if (from === 'env' && /^[A-Za-z_]\w*$/.test(place)) return { from, name: place };
    if (from === 'file') return { from, path: place };
    throw new UsageError(
      `${option} says where the secret is, env:NAME or file:PATH: as an argument others could read it in the list of processes`,
    );
  };
}

/** The text of a secret, and the code that reads it at the same place. */
export function secretPiece(option: string, place: Secret): Piece<string> {
  if (place.from === 'env') {
    const { name } = place;
    return { make: () => fromEnvironment(option, name), text: `process.env['${name}'] ?? ''`, imports: {} };
  }
  const { path } = place;
  return {
    make: () => fromFile(option, path),
    text: `readFileSync(${literal(path).text}, 'utf8').trim()`,
    imports: { 'node:fs': ['readFileSync'] },
  };
}

function fromEnvironment(option: string, name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new UsageError(`${option}: the environment variable ${name} is not set`);
  return value;
}

function fromFile(option: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${option}: ${path} cannot be read (${code ?? String(error)})`);
  }
  if (text === '') throw new UsageError(`${option}: ${path} is empty`);
  return text;
}
