import { spawn } from 'node:child_process';

/** Runs a program to its end, with the variables of a plain shell: what it printed, and its code. */
export function runNode(
  node: string,
  cwd: string,
  ...args: string[]
): Promise<{ output: string; code: number | null }> {
  const program = spawn(node, args, { cwd, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return new Promise((resolve) => program.once('close', (code) => resolve({ output, code })));
}

/** Without what vitest and npm hand to their children. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|vitest|node_options|node_env)/i.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1', NG_CLI_ANALYTICS: 'false' };
}
