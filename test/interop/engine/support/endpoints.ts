import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;
let count = 0;

/** An endpoint to bind that no other has. */
export function freeEndpoint(transport: 'tcp' | 'ipc'): string {
  if (transport === 'tcp') return 'tcp://127.0.0.1:*';
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'rxzmq-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  count += 1;
  return `ipc://${join(folder, String(count))}`;
}
