import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { curveKeyPair } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { radio, temporaryFolder } from './support/peers.js';
import { rxzmq, start } from './support/program.js';

describe('secrets', { timeout: 60_000 }, () => {
  it('CURVE: the secret key of the client comes from a file', async () => {
    const [server, client] = [curveKeyPair(), curveKeyPair()];
    const authenticate = ({ publicKey }: { readonly publicKey: string }) => publicKey === client.publicKey;
    const endpoint = await radio('push', {
      security: { mechanism: 'curve', secretKey: server.secretKey, authenticate },
    });
    const file = join(temporaryFolder(), 'secret.key');
    writeFileSync(file, `${client.secretKey}\n`);
    const options = ['--security', 'curve', '--server-key', server.publicKey, '--secret-key', `file:${file}`];
    const run = await rxzmq(['listen', endpoint, '--count', '1', ...options]);
    expect(run.code, run.err).toBe(0);
    expect(run.out).toMatch(/^#0 /);
  });

  it('PLAIN: the password comes from the environment, on both sides', async () => {
    const options = ['--security', 'plain', '--username', 'bob', '--password', 'env:WORD'];
    const sender = start(['send', 'tcp://127.0.0.1:*', ...options], { env: { WORD: 'open sesame' } });
    const [, endpoint] = await sender.says(/listening at (\S+)/);
    const right = await rxzmq(['listen', endpoint!, '--count', '1', ...options], { env: { WORD: 'open sesame' } });
    expect(right.code, right.err).toBe(0);
    const wrong = start(['listen', endpoint!, '--pull', '--seconds', '3', ...options], { env: { WORD: 'hunter2' } });
    await wrong.says(/refuses/);
    expect(wrong.out + wrong.err).not.toContain('hunter2');
    expect((await wrong.ended).code).toBe(1);
  });
});
