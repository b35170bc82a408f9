import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interval, lastValueFrom, map, of } from 'rxjs';
import { fromPull, fromSub, json, topic } from 'rxzmq';
import { toSigmf } from 'rxzmq/sigmf';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { radio, serve, temporaryFolder, tones } from './support/peers.js';
import { rxzmq, start } from './support/program.js';

/** `RXZMQ_DRAW=1` writes what the commands print into the guide. */
const draws = process.env['RXZMQ_DRAW'] !== undefined;
const path = fileURLToPath(new URL('../../docs/commandLine.md', import.meta.url));
let text = readFileSync(path, 'utf8');
afterAll(() => {
  if (draws) writeFileSync(path, text);
});

const blocks = [...text.matchAll(/^```console\n\$ rxzmq (.*)\n([^]*?)^```$/gm)].map(
  ([whole, line = '', output = '']) => ({
    whole,
    line,
    output,
  }),
);

/** The words of a line, without those of a shell. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');

/** A busy machine gets more time than the guide gives. */
function patient(args: readonly string[]): string[] {
  if (draws) return [...args];
  const longer: Readonly<Record<string, string>> = { scope: '60', listen: '8', info: '6' };
  const seconds = longer[args[0]!];
  if (seconds === undefined || args.includes('--help') || args.includes('--count')) return [...args];
  const rest = args.flatMap((word, i) => (word === '--seconds' || args[i - 1] === '--seconds' ? [] : [word]));
  return [...rest, '--seconds', seconds];
}

/** What stays the same from run to run. */
const shapeOf = (output: string): string =>
  output
    .replaceAll(/\d[\d,]*(\.\d+)?/g, '0')
    .replaceAll(/[kMG](?=(B|Hz|S)\b)/g, '')
    .replaceAll(/ +/g, ' ')
    .trim();

/** The peers that the guide speaks of. */
async function peers(line: string): Promise<Map<string, string>> {
  const named = new Map<string, string>();
  if (line.includes('radio:5555')) named.set('tcp://radio:5555', await radio('push'));
  if (line.includes('radio:5556')) named.set('tcp://radio:5556', await radio('pub'));
  if (line.includes('quotes:5556')) {
    const quotes = ['EUR', 'USD'].map((name, i) => ({ topic: name, value: { bid: 1 + i / 10, ask: 1.01 + i / 10 } }));
    const all = interval(50).pipe(map((n) => quotes[n % 2]));
    named.set('tcp://quotes:5556', await serve(all, 'pub', { codec: topic(json()) }));
  }
  return named;
}

describe('the guide to the command line', { timeout: 60_000 }, () => {
  it('has blocks for each command', () => {
    for (const name of ['--help', 'info', 'scope', 'listen', 'record', 'replay', 'send', 'relay']) {
      expect(
        blocks.some(({ line }) => line.startsWith(name)),
        name,
      ).toBe(true);
    }
  });

  it.each(blocks)('shows what is printed: rxzmq $line', async ({ whole, line, output }) => {
    const cwd = temporaryFolder();
    if (/^(info|replay) evening/.test(line)) {
      await lastValueFrom(of(tones(200_000).next().value).pipe(toSigmf(join(cwd, 'evening'))));
    }
    const named = await peers(line);
    const args = wordsOf(line).map(
      (word) =>
        named.get(word) ?? word.replace('tcp://*:', 'tcp://127.0.0.1:').replace(/(tcp:\/\/127\.0\.0\.1:)\d+/, '$1*'),
    );
    const run = start(patient(args), { cwd, env: { COLUMNS: '100', LINES: '24' } });
    if (line.startsWith('scope') && !draws) {
      await run.says(/ avg 4 /);
      run.child.kill('SIGINT');
    }
    if (!line.includes('--code') && /tcp:\/\/\*/.test(line)) {
      const [, endpoint] = await run.says(/listening at (\S+)/);
      const taking = (line.includes('--pub') ? fromSub(endpoint!) : fromPull(endpoint!)).subscribe();
      onTestFinished(() => taking.unsubscribe());
    }
    const end = await run.ended;
    expect(end.signal).toBeNull();
    let printed = `${run.out}${run.err}`;
    for (const [name, endpoint] of named) printed = printed.replaceAll(endpoint, name);
    printed = printed
      .replaceAll(/tcp:\/\/127\.0\.0\.1:\d+/g, 'tcp://0.0.0.0:5556')
      .replaceAll(/[^\S\n]+$/gm, '')
      .replace(/^\n+/, '');
    if (draws) {
      text = text.replace(whole, () => `\`\`\`console\n$ rxzmq ${line}\n${printed.trimEnd()}\n\`\`\``);
      return;
    }
    const isExact = line.includes('--help') || line.includes('--code');
    if (isExact) expect(printed.trimEnd()).toBe(output.trimEnd());
    else if (line.startsWith('scope')) expect(linesOf(printed)).toEqual(linesOf(output));
    else expect(shapeOf(printed)).toBe(shapeOf(output));
  });

  const commands = [...text.matchAll(/^```sh\n([^]*?)^```$|`(rxzmq [^`]*)`/gm)]
    .flatMap(([, block, inline]) =>
      (block ?? inline ?? '').replaceAll(/\s*\n\s*(?=csdr|rxzmq send)/g, ' ').split(/\n|\|/),
    )
    .map((command) =>
      command
        .replace(/^npx -p \S+ -p \S+ /, '')
        .replace(/\s>.*$/, '') // a key may have one too
        .trim(),
    )
    .filter((command) => /^rxzmq (\w+) /.test(command) && !/^rxzmq (completion|scope --web)/.test(command));

  it('has commands', () => {
    expect(commands.length).toBeGreaterThan(15);
  });

  it.each(commands)('has a command line that makes sense: %s', async (command) => {
    const args = wordsOf(command)
      .slice(1)
      .map((word) =>
        word.replace(/:\/\/(radio|flowgraph|server|host|quotes)/, '://127.0.0.1').replace(/\/iq=tcp/, '/iq=tcp'),
      );
    const first = args[0] === 'info' ? [...args, '--help'] : [...args, '--code'];
    const sides = args[0] === 'gateway' ? ['--as', 'sub'] : [];
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'secret.key'), 'D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs');
    const run = await rxzmq([...first, ...sides], { cwd, env: { NATS_PASSWORD: 'x', GATEWAY_TOKEN: 'x' } });
    expect({ code: run.code, err: run.err }).toEqual({ code: 0, err: '' });
  });
});

/** The lines of pictures that stay the same: axes, labels, the words of figures. */
function linesOf(picture: string): string[] {
  return picture
    .match(/RBW|bins|avg|span|dBFS|MHz|now|summary|connected/g)!
    .filter((word, i, all) => all.indexOf(word) === i);
}
