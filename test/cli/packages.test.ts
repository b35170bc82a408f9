import { join } from 'node:path';
import { lastValueFrom, of } from 'rxjs';
import { toSigmf } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { temporaryFolder, tones } from './support/peers.js';
import { rxzmq } from './support/program.js';
import { withoutPackages } from './support/withoutPackages.js';

describe('a package that is not installed', { timeout: 60_000 }, () => {
  it('tar: says the line that has it', async () => {
    const cwd = temporaryFolder();
    await lastValueFrom(of(tones().next().value).pipe(toSigmf(join(cwd, 'tone.sigmf'))));
    const run = await rxzmq(['info', 'tone.sigmf'], { cwd, file: withoutPackages() });
    expect(run.err).toBe(
      'rxzmq: tar is not installed; this line has everything:\nrxzmq: npx -p rxzmq -p rxjs -p tar rxzmq info tone.sigmf\n',
    );
    expect(run.code).toBe(1);
  });

  // Where nobody is: without its package a command does not even look.
  it.each([
    ['gateway', '/iq=HERE'],
    ['scope', 'HERE', '--web'],
  ])('ws: %s says the line that has it, before it asks a peer', async (...words) => {
    const here = await nobodyAt();
    const args = words.map((word) => word.replace('HERE', here));
    const run = await rxzmq(args, { file: withoutPackages() });
    expect(run.err).toBe(
      `rxzmq: ws is not installed; this line has everything:\nrxzmq: npx -p rxzmq -p rxjs -p ws rxzmq ${args.join(' ')}\n`,
    );
    expect(run.code).toBe(1);
  });

  it('ws: is not needed for a program', async () => {
    const run = await rxzmq(['gateway', '/iq=tcp://127.0.0.1:1', '--as', 'sub', '--code'], { file: withoutPackages() });
    expect({ code: run.code, err: run.err }).toEqual({ code: 0, err: '' });
  });
});
