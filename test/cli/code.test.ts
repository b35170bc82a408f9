import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstValueFrom, lastValueFrom, of, take, toArray } from 'rxjs';
import { type Frame, fromPull } from 'rxzmq';
import { readSigmf, toSigmf } from 'rxzmq/sigmf';
import { build } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { radio, temporaryFolder, tones } from './support/peers.js';
import { rxzmq, start } from './support/program.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache');
let folder = '';

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'rxzmq-code-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Command lines of every kind: what they print must compile. */
const lines: readonly (readonly string[])[] = [
  ['listen', 'tcp://radio:5555', '--sub', '--count', '3', '--seconds', '2'],
  ['listen', 'tcp://quotes:5556', '--codec', 'json', '--topic', 'EUR', '--topic', 'USD'],
  ['listen', 'tcp://flow:5556', '--pull', '--codec', 'gnuradio', '--type', 'f32', '--rate', '48k'],
  ['listen', 'tcp://flow:5556', '--pull', '--codec', 'pmt'],
  ['listen', 'nats://server:4222/iq', '--pull', '--username', 'bob', '--password', 'env:NATS_PASSWORD'],
  ['listen', 'nats://server:4222/iq', '--token', 'file:token.txt', '--credentials', 'my.creds'],
  ['listen', 'wss://host/iq', '--sub', '--token', 'env:TOKEN'],
  ['listen', "it's.sigmf-meta", '--from', '1000000', '--to', '2026-05-01T12:00:00.5Z', '--loop', '3'],
  ['scope', 'rtl_tcp://host:1234', '--freq', '98.5M', '--rate', '2.4M'],
  ['scope', 'evening', '--web'],
  ['record', 'tcp://radio:5555', 'evening', '--pull', '--seconds', '300'],
  ['record', 'tcp://radio:5555', 'x.wav', '--pull', '--samples', '1000', '--convert', 'ci16', '--overwrite'],
  ['replay', 'evening', 'tcp://*:5555', '--pub', '--codec', 'gnuradio', '--convert', 'ci16', '--loop'],
  ['replay', 'x.cu8', 'nats://server:4222/iq', '--rate', '2.4M', '--speed', '2'],
  ['send', 'tcp://*:5555', '--signal', 'chirp', '--rate', '1M', '--convert', 'ci8', '--reblock', '4096'],
  ['send', 'tcp://*:5555', '--signal', 'noise', '--count', '9'],
  ['send', 'tcp://*:5555', '-', '--codec', 'json', '--topic', 'a'],
  ['send', 'tcp://*:5555', 'lines.txt', '--codec', 'text'],
  ['send', 'tcp://*:5555', 'lines.txt', '--codec', 'raw'],
  [
    'relay',
    'tcp://a:1',
    'tcp://*:2',
    '--pull',
    '--pub',
    '--pace',
    '2',
    '--security',
    'curve',
    '--server-key',
    'x'.repeat(40),
  ],
  [
    'relay',
    'tcp://a:1',
    'tcp://*:2',
    '--pull',
    '--to-security',
    'plain',
    '--to-username',
    'bob',
    '--to-password',
    'env:WORD',
  ],
  [
    'relay',
    'tcp://a:1',
    'tcp://*:2',
    '--bind',
    '--security',
    'curve',
    '--secret-key',
    'file:secret.key',
    '--codec',
    'raw',
  ],
  ['relay', 'tcp://a:1', '-', '--sub', '--stream', '3'],
  [
    'gateway',
    '/iq=tcp://radio:5556',
    '/tune=tcp://radio:5557',
    '--as',
    'sub',
    '--token',
    'env:TOKEN',
    '--origin',
    'https://a.example',
  ],
];

describe('--code', { timeout: 120_000 }, () => {
  it('prints programs that compile', async () => {
    const files = await Promise.all(
      lines.map(async (args, i) => {
        const run = await rxzmq([...args, '--code']);
        expect({ args, code: run.code, err: run.err }).toEqual({ args, code: 0, err: '' });
        const file = join(folder, `program${i}.ts`);
        writeFileSync(file, run.out);
        return file;
      }),
    );
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
      config: object;
    };
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
    const program = ts.createProgram(files, options);
    const problems = files.flatMap((file) => {
      const source = program.getSourceFile(file)!;
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        ({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}\n${source.text}`,
      );
    });
    expect(problems).toEqual([]);
  });

  it('prints the names of secrets and nothing of them', async () => {
    const env = { NATS_PASSWORD: 'hunter2' };
    const run = await rxzmq([...lines[4]!, '--code'], { env });
    expect(run.out).toContain("process.env['NATS_PASSWORD']");
    expect(run.out).not.toContain('hunter2');
  });

  it('finds out the type of the peer, and says so if nobody answers', async () => {
    expect((await rxzmq(['listen', await radio('push'), '--code'])).out).toContain('fromPull(');
    expect((await rxzmq(['listen', await radio('pub'), '--code'])).out).toContain('fromSub(');
    const alone = await rxzmq(['listen', 'tcp://127.0.0.1:1', '--code']);
    expect(alone.out).toMatch(
      /^\/\/ nobody answered at tcp:\/\/127\.0\.0\.1:1: if it is a PUSH, this must be fromPull$/m,
    );
  });

  it('prints a recorder that records the same', async () => {
    const source = join(temporaryFolder(), 'tone');
    await lastValueFrom(of(tones(10_000).next().value).pipe(toSigmf(source)));
    for (const limit of [
      ['--samples', '4321'],
      ['--seconds', '0.005'],
    ]) {
      const target = join(temporaryFolder(), 'copy');
      const args = ['record', source, target, ...limit, '--reblock', '1000'];
      await runProgram((await rxzmq([...args, '--code'])).out);
      const [written] = await readSigmf(target, { verify: 'sha512' });
      expect(await rxzmq([...args, '--overwrite'])).toMatchObject({ code: 0 });
      const [recorded] = await readSigmf(target, { verify: 'sha512' });
      expect(written!.meta).toEqual(recorded!.meta);
      expect(written!.numSamples).toBe(limit[0] === '--samples' ? 4321 : 5000);
    }
  });

  it.each(['tone', 'chirp'])('prints a %s that is the same', async (signal) => {
    const args = ['send', 'tcp://127.0.0.1:*', '--signal', signal, '--rate', '100k', '--block', '64', '--count', '3'];
    const run = start(args);
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const sent = await threeOf(endpoint!);
    const port = Number(/:(\d+)$/.exec(endpoint!)![1]);
    await run.ended;
    const text = (await rxzmq([...args, '--code'])).out.replaceAll('127.0.0.1:*', `127.0.0.1:${port}`);
    const [printed] = await Promise.all([threeOf(endpoint!), runProgram(text)]);
    expect(printed.map(({ samples }) => samples)).toEqual(sent.map(({ samples }) => samples));
  });
});

function threeOf(endpoint: string): Promise<Frame[]> {
  return firstValueFrom(fromPull(endpoint).pipe(take(3), toArray()));
}

let count = 0;

/** Runs a program to its end, with the sources as its packages. */
async function runProgram(text: string): Promise<void> {
  const file = join(folder, `run${count++}.mjs`);
  const at = (path: string): string => join(root, 'src', path);
  await build({
    stdin: { contents: text, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    tsconfigRaw: {},
    alias: {
      '#platform': at('platform/node.ts'),
      'rxzmq/sigmf': at('sigmf/index.ts'),
      rxzmq: at('index.ts'),
    },
    external: ['rxjs', 'zeromq', 'ws', 'tar', '@nats-io/*', '@noble/*'],
    logLevel: 'error',
  });
  const child = spawn(process.execPath, [file], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code, text).toBe(0);
}
