import { readFile } from 'node:fs/promises';

/** Reads a UTF-8 text file. */
export function readText(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
