import { readFile } from 'node:fs/promises';

/** What a file says, in UTF-8. */
export function readText(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
