import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('./programs/waitForHandshake.ts', import.meta.url));

it.runIf(process.platform === 'linux')(
  'a handshake that fails after the process was stopped for a moment is a SecurityError as others',
  async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async (): Promise<string> => (await lines.next()).value as string;
    const silent = connect(Number(new URL(await next()).port), '127.0.0.1');
    await once(silent, 'data'); // it has its greeting: the handshake has begun
    child.kill('SIGSTOP'); // libzmq has no other error for it than that a system call was interrupted
    await expect.poll(() => readFileSync(`/proc/${child.pid}/stat`, 'utf8')).toMatch(/\) T /);
    child.kill('SIGCONT');
    expect(JSON.parse(await next())).toEqual(['SecurityError', expect.stringMatching(/^the handshake was not done/)]);
    silent.destroy();
    await once(child, 'close');
  },
);
