import { OptionError } from '../../errors.js';
import { checkOptions, isBoolean, isEither, isInteger, isOneOf, type Rule } from '../../options/rules.js';
import type { RtlTcpSettings } from './RtlTcpSettings.js';

const isGain: Rule = (value) =>
  typeof value === 'number' && Math.abs(value) <= 200 ? undefined : 'a number of dB from -200 to 200';
const isFrequency: Rule = (value) =>
  typeof value === 'number' && value >= 0 && value <= 2 ** 32 - 1 ? undefined : 'a number of Hz from 0 to 4294967295';
const isRate: Rule = (value) =>
  typeof value === 'number' && value >= 1 && value <= 2 ** 32 - 1 ? undefined : 'a number of Hz from 1 to 4294967295';

export const settingRules = {
  sampleRate: isRate,
  centerFreq: isFrequency,
  gain: isEither(isOneOf('auto'), isGain),
  ppm: isInteger(-100_000, 100_000),
  agc: isBoolean,
  biasTee: isBoolean,
  offsetTuning: isBoolean,
  directSampling: isOneOf('off', 'i', 'q'),
} satisfies Record<keyof RtlTcpSettings, Rule>;

const CODE = {
  centerFreq: 0x01,
  sampleRate: 0x02,
  gainMode: 0x03,
  gain: 0x04,
  ppm: 0x05,
  agc: 0x08,
  directSampling: 0x09,
  offsetTuning: 0x0a,
  biasTee: 0x0e,
} as const;

/**
 * The commands for the server: for each setting a byte and a 32-bit number, big-endian.
 *
 * @throws OptionError for an unknown setting
 */
export function encodeCommands(of: string, settings: RtlTcpSettings): Uint8Array {
  checkOptions(of, settings, settingRules);
  const { sampleRate, centerFreq, gain, ppm, agc, biasTee, offsetTuning, directSampling } = settings;
  const commands: [code: number, value: number][] = [];
  if (sampleRate !== undefined) commands.push([CODE.sampleRate, Math.round(sampleRate)]);
  if (directSampling !== undefined) commands.push([CODE.directSampling, ['off', 'i', 'q'].indexOf(directSampling)]);
  if (offsetTuning !== undefined) commands.push([CODE.offsetTuning, Number(offsetTuning)]);
  if (ppm !== undefined) commands.push([CODE.ppm, ppm]);
  if (centerFreq !== undefined) commands.push([CODE.centerFreq, Math.round(centerFreq)]);
  if (agc !== undefined) commands.push([CODE.agc, Number(agc)]);
  if (gain === 'auto') commands.push([CODE.gainMode, 0]);
  else if (gain !== undefined) commands.push([CODE.gainMode, 1], [CODE.gain, Math.round(gain * 10)]);
  if (biasTee !== undefined) commands.push([CODE.biasTee, Number(biasTee)]);
  const bytes = new DataView(new ArrayBuffer(commands.length * 5));
  commands.forEach(([code, value], i) => {
    bytes.setUint8(i * 5, code);
    bytes.setUint32(i * 5 + 1, value); // a negative one as its complement
  });
  return new Uint8Array(bytes.buffer);
}

/** @throws OptionError if a command is invalid */
export function requireCommand(of: string, command: unknown): RtlTcpSettings {
  if (typeof command === 'object' && command !== null) return command;
  throw new OptionError(
    'commands',
    command,
    `${of}: a command must be an object of settings, such as { centerFreq: 98e6 }`,
  );
}
