import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bundledSources } from '../helpers/bundledSources.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = readdirSync(`${root}examples`)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length));

/** What each example prints, line by line. */
const printed: Readonly<Record<string, readonly string[]>> = {
  animated: ['drawn once a frame'],
  bounded: ['reading 0', 'reading 97', 'reading 98', 'reading 99', 'the newest three were kept'],
  codec: ['inside 20.5, outside 21', 'inside 19.75, outside 22'],
  demand: ['300 shown, never more than 100 on their way: true'],
  demandByHand: ['block 1 played, 1 read', 'block 2 played, 2 read', 'block 3 played, 3 read', '3 read in all'],
  demandPairs: [
    'frame 1 with reference 1',
    'frame 2 with reference 2',
    'frame 3 with reference 3',
    '3 references read',
  ],
  frame: ['2 samples of cf32, 7.1 MHz', 'quieter: 0.5 0 0 0.5', 'on the wire: 96 + 16 bytes', 'back: 0.5 0 0 0.5'],
  fresh: ['0 ms old', '10 ms old'],
  fromIterable: ['"name": "rxzmq",', '"license": "Apache-2.0",'],
  fromPull: ['frame 0: 1024 samples, -3.0 dB', 'frame 1: 1024 samples, -9.0 dB', 'frame 2: 1024 samples, -15.1 dB'],
  fromSub: ['stream 1, frame 1: 1 -1', 'stream 1, frame 3: 3 -3', 'stream 1, frame 5: 5 -5'],
  gateway: ['connected /iq', '512 samples', '512 samples', '512 samples', 'closed /iq'],
  gatewayPaths: ['pushed: hello', 'asked: tuned to 88.2 MHz'],
  gnuradio: [
    '1000 samples, 88 MHz, 1 MS/s, burst 0 at 500',
    '1000 samples, 89 MHz, 1 MS/s, burst 1 at 500',
    '1000 samples, 90 MHz, 1 MS/s, burst 2 at 500',
  ],
  gnuradioMessages: [
    "Map(2) { 'freq' => 433920000, 'gain' => 30n }",
    "{ pmt: 'pair', car: 'freq', cdr: 88000000 }",
    '[ 3n, Uint8Array(3) [ 1, 2, 3 ] ]',
  ],
  gnuradioRequests: ['4096 wanted, 1000 sent', '1000 samples came', '16 wanted, 16 sent', '16 samples came'],
  iterate: ['reading 1', 'reading 2', 'reading 3', 'a few more were under way'],
  loans: ['peaks of 20 frames, the highest 20'],
  landing: ['block 0: quiet', 'block 1: quiet', 'block 2: loud', 'block 3: loud'],
  latest: ['received on 88 MHz', 'received on 103 MHz'],
  offload: [
    'stream 2: a carrier at 100.2 MHz',
    'stream 11: a carrier at 99.5 MHz',
    'stream 2: a carrier at 100.2 MHz',
    'stream 11: a carrier at 99.5 MHz',
    'stream 2: a carrier at 100.2 MHz',
    'stream 11: a carrier at 99.5 MHz',
  ],
  openSocket: ['3 squared is 9', '4 squared is 16', '5 squared is 25'],
  pacedMap: [
    'recording 1 transcribed, 3 read',
    'recording 2 transcribed, 3 read',
    'recording 3 transcribed, 3 read',
    'done',
  ],
  proxy: ['LOAD', 'BALANCE', 'THIS'],
  proxyForwarder: ['weather.rain: more', 'weather.wind: more'],
  proxyStreamer: ['1000 arrived', '1000 messages of 9000 bytes, 1000 captured'],
  quickStart: [
    'frame 0: peak 1.000',
    'frame 25: peak 1.000',
    'frame 50: peak 1.000',
    'frame 75: peak 1.000',
    'all delivered',
  ],
  password: ['Is it me? Yes.', 'ERR_REQUEST_TIMEOUT because of ERR_SECURITY'],
  recipeClone: ['version 1: gain 20, squelch 5', 'version 2: gain 20, squelch 7'],
  recipeEspresso: ['subscribed: coffee', 'published: coffee 1', 'published: coffee 2', 'cancelled: coffee'],
  recipeLastValueCache: ['EUR is at 1.1'],
  recipeLoadBalancer: ['5 letters', '3 letters', '7 letters'],
  recipeReliableRequest: [
    'one, after 2 requests in all',
    'two, after 4 requests in all',
    'three, after 6 requests in all',
  ],
  recipeSuicidalSnail: ['this one keeps up', 'Error: this subscriber is too slow', 'Error: the publisher is silent'],
  release: ['frame 19: peak 19'],
  reply: ['1 1 -> 1 -1', '2 2 -> 2 -2'],
  request: ['88.2 MHz: locked', '433.92 MHz: no signal', '102.5 MHz: locked'],
  requester: ['gain 40, squelch 12'],
  sendInTime: ['not sent: TimeoutError', 'at work: first', 'at work: second'],
  streams: ['one', 'two', 'three'],
  teeBy: ['north 3', 'south 7', 'north 5', 'all are in the archive'],
  tee: ['both have 10: 10 is shown, 1 read', 'both have 20: 20 is shown, 2 read', 'both have 30: 30 is shown, 3 read'],
  testing: ['each frame was passed on two milliseconds later'],
  testingGain: ['the noise floor is at 1, and signals stand out'],
  testingDetection: ['one signal in the noise, at its time'],
  testingClassification: ['asked, asked again, and given up in time'],
  testingFlow: ['from the antenna to the subscriber in no time'],
  testingTrouble: ['nothing is lost, and nothing waits for ever'],
  testingRoom: ['what is not taken is not read'],
  topic: ['quotes.EURUSD: 1.0841 / 1.0843', 'quotes.USDJPY: 151.2 / 151.22'],
  toPub: [
    'subscribers: 1',
    'subscribers: 2',
    'stream 7, frame 0 published',
    'stream 7, frame 1 published',
    'stream 7, frame 2 published',
  ],
  savantHandles: ['userData 100', 'ack', 'ack'],
  savantReader: ['cam-1: 1280 x 720, 4096 bytes', 'prefixMismatch', 'cam-1 has ended'],
  savantWriter: ['videoFrame: success', 'videoFrame: success', 'endOfStream: ack', 'all of it is with the reader'],
  security: ['frame 0: 128 samples, in private', 'frame 1: 128 samples, in private'],
  toPush: [
    'frame 0: 1024 samples sent',
    'frame 1: 1024 samples sent',
    'frame 2: 1024 samples sent',
    'all of it is with the workers',
  ],
  // Signals
  align: [
    'north 2 3, south 2 3',
    'north 4 5, south 4 5',
    'north 6 7, south 6 7',
    'what only one of them has is left out',
  ],
  convertSamples: ['-128 128 16256 -16256', '2 values too large, 2 in all', '-512 512 32767 -32768'],
  gaps: ['frame 0', 'frame 1', 'stream 1: missing 2 before frame 4', 'frame 4', 'frame 5', '2 frames lost'],
  markGaps: [
    '2 samples without a gap',
    '4 samples without a gap',
    '2 samples without a gap',
    '4 samples without a gap',
  ],
  pace: ['21 frames, 21 read, in at least 95 ms: true'],
  reblock: [
    '4 samples on 88 MHz, 0 ms',
    '4 samples on 88 MHz, 4 ms',
    '2 samples on 88 MHz, 8 ms',
    '4 samples on 99 MHz, 0 ms',
  ],
  spectrum: ['2 lines; the strongest bin is at 434.17 MHz, -6 dBFS'],
  stats: [
    '300 frames of 1024 samples, 0 missing',
    'more than one a second: true',
    'most of them newer than a minute: true',
    'done',
  ],
  // Recordings
  fromIqFile: ['2 samples at 98.5 MHz: -0.99609375 0.99609375 -0.49609375 0.49609375'],
  fromRtlTcp: [
    'block 0: 24000 samples at 98.5 MHz',
    'block 1: 24000 samples at 98.5 MHz',
    'block 2: 24000 samples at 101.1 MHz',
  ],
  fromSigmf: ['4096 samples of cf32, 100 MHz', '4096 samples of cf32, 100 MHz', '1808 samples of cf32, 100 MHz'],
  readSigmf: ['tone: 1000 samples of ci16_le, 0.001 s, by me', '0 problems'],
  packSigmf: ['survey.sigmf holds survey, 1000000 S/s', 'survey.sigmf holds survey-0002, 2000000 S/s'],
  recipeAnnotate: ['burst at sample 3000', 'burst at sample 7000'],
  recipeCutOut: ['1000 samples from 2023-11-15T12:00:00.000000000Z'],
  recipeFlowgraphScope: Array.from({ length: 3 }, () => 'bin 512 of 1024 is the strongest'),
  recipeFmToWav: ['1 s of sound, 1000 Hz'],
  recipeJoinByTime: ['both for 8 ms: true'],
  recipeRecord: ['0.02 s of ci16_le, at 1000000 S/s'],
  recipeReplay: ['21 frames of 10 ms, in at least 190 ms: true'],
  recipeSlowLink: [
    '20000 bytes instead of 80000',
    '40000 bytes instead of 160000',
    '60000 bytes instead of 240000',
    '80000 bytes instead of 320000',
  ],
  recipeSplitStreams: [
    'receiver-0.sigmf-data',
    'receiver-0.sigmf-meta',
    'receiver-1.sigmf-data',
    'receiver-1.sigmf-meta',
    'receiver-2.sigmf-data',
    'receiver-2.sigmf-meta',
  ],
  recipeWavToSigmf: ['ci16_le, 48000 S/s, 3600000 Hz'],
  toIqFile: ['1 s, 192252 bytes with the header'],
  toSigmf: [
    '0 0 2023-11-14T22:13:20.000000000Z',
    '2000 2000 2023-11-14T22:13:20.002000000Z',
    '3000 4000 2023-11-14T22:13:20.004000000Z',
  ],
  // Guides
  codecBinary: ['cellar: 11.25 °C, 1970'],
  errors: [
    "fromPull: option 'highWaterMark' must be an integer from 1 to 2147483647, got 0",
    'nobody is there: request: no peer at tcp://127.0.0.1:9 within 50 ms (1 try)',
  ],
  fromDoppler: [
    '0: 1 -1 1 -1 at 433.92 MHz, 2.4 MS/s',
    '1: 2 -2 2 -2 at 433.92 MHz, 2.4 MS/s',
    '2: 3 -3 3 -3 at 433.92 MHz, 2.4 MS/s',
  ],
  fromZeroMQ: ['a message | of two parts', 'a message of one'],
  untracked: ['gain 40', 'gain 50', 'stop', 'stopped'],
  zeroCopy: ['50 frames, fewer than 25 arrays: true'],
};

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const bundled = await bundledSources();

/** Runs an example as a user would: a process of its own, which has to end by itself. */
async function run(name: string): Promise<Ended> {
  // Plain variables: an example must not find itself in a test runner.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^vitest|^node_env$/i.test(key)));
  const child = spawn(process.execPath, ['--import', 'tsx', `examples/${name}.ts`], {
    cwd: root,
    env: { ...env, ...bundled },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 240_000, // then it gets SIGTERM, and the signal shows below
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

describe.concurrent.each(examples)('examples/%s.ts', (name) => {
  it('runs, prints what it should, ends by itself and complains of nothing', { timeout: 240_000 }, async () => {
    const stdout = [...(printed[name] ?? ['(add it to `printed`)']), ''].join('\n');

    expect(await run(name)).toEqual({ code: 0, signal: null, stdout, stderr: '' });
  });

  it('is one region for the docs, called main: what is pasted is what was run', () => {
    const text = readFileSync(`${root}examples/${name}.ts`, 'utf8');

    expect(text.match(/#(end)?region.*/g)).toEqual(['#region main', '#endregion main']);
    expect(text.startsWith('// #region main\nimport ')).toBe(true);
    expect(text.endsWith('\n// #endregion main\n')).toBe(true);
    expect(text).toMatch(/ from 'rxzmq(\/gateway|\/gnuradio|\/savant|\/sigmf|\/testing|\/workers)?';$/m);
    expect(text.split('\n').length).toBeLessThanOrEqual(30); // short enough to be read
  });
});

it('expects nothing of an example that is gone', () => {
  expect(Object.keys(printed).sort()).toEqual([...examples].sort());
});
