import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('./programs/inWorkers.ts', import.meta.url));
const refused =
  "ERR_UNSUPPORTED tcp://127.0.0.1:*: the native driver works in the main thread only: zeromq.js ends the whole process when a worker thread ends with a socket of its open; driver: 'engine' works in every thread";

it.each([
  ['native', refused],
  ['engine', 'open'],
])('a worker thread with a socket on %s ends without its process, whatever ends it', async (driver, heard) => {
  const child = spawn(process.execPath, ['--import', 'tsx', program, driver], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect({ code, signal, output }).toEqual({
    code: 0,
    signal: null,
    output: JSON.stringify(['throw', 'exit', 'terminate'].map((way) => [way, heard])),
  });
});
