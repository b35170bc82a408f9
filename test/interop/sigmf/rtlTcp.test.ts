import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { firstValueFrom, retry, Subject, take, tap, toArray } from 'rxjs';
import { fromRtlTcp, type RtlTcpInfo, type RtlTcpSettings } from 'rxzmq/sigmf';
import { expect, it, onTestFinished } from 'vitest';
import { nobodyAt } from '../../helpers/nobodyAt.js';
import { folder } from '../../sigmf/support.js';

const source = fileURLToPath(new URL('./peers/librtlsdr.c', import.meta.url));
const isThere = (command: string) => spawnSync(command, ['--version']).error === undefined;

/** Starts the real program over a library that stands for a receiver's. */
async function start(): Promise<{ address: string; lines: string[]; heard: (text: string) => Promise<void> }> {
  const path = folder();
  execFileSync('cc', ['-shared', '-fPIC', '-w', '-o', path('librtlsdr.so.0'), source]);
  const address = (await nobodyAt()).replace('tcp://', '');
  const [host = '', port = ''] = address.split(':');
  const child = spawn('rtl_tcp', ['-a', host, '-p', port], {
    env: { ...process.env, LD_LIBRARY_PATH: path() },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface(child.stderr);
  reader.on('line', (line) => lines.push(line));
  const heard = async (text: string) => {
    while (!lines.includes(text)) await once(reader, 'line');
  };
  return { address, lines, heard };
}

it.skipIf(!isThere('rtl_tcp') || !isThere('cc'))(
  'the real rtl_tcp takes what it is set to, and no byte is lost on the way',
  { timeout: 60_000 },
  async () => {
    const { address, lines, heard } = await start();
    const commands = new Subject<RtlTcpSettings>();
    const infos: RtlTcpInfo[] = [];
    const options = { sampleRate: 1.024e6, centerFreq: 98.5e6, gain: 28, ppm: 2, agc: true, biasTee: true } as const;
    const frames = await firstValueFrom(
      fromRtlTcp(address, { ...options, commands, onConnected: (info) => infos.push(info) }).pipe(
        retry({ delay: 20 }), // until it listens
        tap(({ sequence }) => {
          if (sequence === 2) commands.next({ centerFreq: 101e6, gain: 'auto' });
        }),
        take(12),
        toArray(),
      ),
    );
    await heard('set tuner_gain_mode 0');
    expect(infos).toEqual([{ endpoint: `tcp://${address}`, tuner: 'R820T', gainCount: 29 }]);
    expect(frames.map((f) => f.centerFreq)).toEqual([
      ...Array<number>(3).fill(98.5e6),
      ...Array<number>(9).fill(101e6),
    ]);
    const bytes = frames.flatMap((f) => [...f.samples].map((value) => value + 128));
    expect(bytes.filter((byte, i) => i > 0 && byte !== ((bytes[i - 1] ?? 0) + 1) % 256)).toEqual([]);
    await heard('set center_freq 101000000');
    const set = lines.filter((line) => /^set [a-z_]+ \d+$/.test(line));
    expect(set.slice(set.indexOf('set sample_rate 1024000'))).toEqual([
      'set sample_rate 1024000',
      'set freq_correction 2',
      'set center_freq 98500000',
      'set agc_mode 1',
      'set tuner_gain_mode 1',
      'set tuner_gain 280',
      'set bias_tee 1',
      'set center_freq 101000000',
      'set tuner_gain_mode 0',
    ]);
  },
);
