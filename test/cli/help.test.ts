import { describe, expect, it } from 'vitest';
import { rxzmq } from './support/program.js';

const commands = ['scope', 'listen', 'info', 'record', 'replay', 'send', 'relay', 'gateway', 'completion'];

describe('--help', { timeout: 60_000 }, () => {
  it('lists the commands, exit codes and three examples', async () => {
    const { code, out, err } = await rxzmq(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(out).toContain('Exit codes: 0 ');
    expect(out.match(/^ {2}\$ rxzmq /gm)).toHaveLength(3);
  });

  it.each(commands)('of %s has three examples, of this command', async (command) => {
    const { code, out, err } = await rxzmq([command, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const examples = out.slice(out.indexOf('Examples:')).match(/^ {2}\$ (.*)$/gm)!;
    expect(examples).toHaveLength(3);
    for (const example of examples) expect(example).toMatch(new RegExp(`rxzmq ${command}\\b`));
  });

  it('shows examples that a shell can run', async () => {
    const lines = await Promise.all(commands.map(async (command) => (await rxzmq([command, '--help'])).out));
    expect(lines.join('').match(/^ {2}\$ .*$/gm)).toContain(
      `  $ printf '{"mhz":98.5}\\n' | rxzmq send tcp://tuner:5557 - --codec json --connect`,
    );
    const first = lines.flatMap((text) => [...text.matchAll(/^ {2}\$ (\S+) (\S+)/gm)]);
    for (const [line, program, command = ''] of first) {
      if (program === 'rxzmq') expect(commands, line).toContain(command);
    }
  });

  it('is what a command without a name gets, with code 2', async () => {
    const { code, err } = await rxzmq([]);
    expect(code).toBe(2);
    expect(err).toContain('Usage: rxzmq');
  });

  it('knows its version', async () => {
    expect((await rxzmq(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('completion', { timeout: 60_000 }, () => {
  /** What bash would offer for a line. */
  async function offered(words: readonly string[]): Promise<string[]> {
    const { out } = await rxzmq(['completion', 'bash']);
    const script = `${out}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _rxzmq; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const run = await rxzmq([], { shell: `bash -c '${script.replaceAll("'", `'\\''`)}' # RXZMQ` });
    return run.out.trim().split('\n');
  }

  it('offers commands, options and values in bash', async () => {
    expect(await offered(['rxzmq', 're'])).toEqual(['record', 'replay', 'relay']);
    expect(await offered(['rxzmq', 'listen', 'tcp://a:1', '--co'])).toEqual(['--codec', '--count', '--code']);
    expect(await offered(['rxzmq', 'listen', 'tcp://a:1', '--codec', 'g'])).toEqual(['gnuradio']);
    expect(await offered(['rxzmq', 'completion', 'z'])).toEqual(['zsh']);
  });

  it('is a script that zsh accepts', async () => {
    const { out } = await rxzmq(['completion', 'zsh']);
    expect(out).toMatch(/^#compdef rxzmq$/m);
    for (const command of commands) expect(out).toContain(`    '${command}:`);
    const quotes = out.replaceAll(`'\\''`, '').match(/'/g)!;
    expect(quotes.length % 2).toBe(0);
  });
});
