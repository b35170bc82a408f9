import { connect, type Socket } from 'node:net';
import type { Observable, Subscription } from 'rxjs';
import { aside } from '../../demand/aside.js';
import { SocketError } from '../../errors.js';
import { PROTOCOL, VERSION } from '../../frame/header.js';
import type { SampleType } from '../../samples/types.js';
import type { Frame } from '../../frame/types.js';
import { defaultClock } from '../../rx/defaultClock.js';
import { Deadline } from '../../time/Deadline.js';
import { SampleTime } from '../../frame/SampleTime.js';
import { StreamReader } from '../iq/StreamReader.js';
import { parseDatatype, type Datatype } from '../samples/Datatype.js';
import { decodeReceiverBytes } from '../samples/decodeComplex.js';
import { encodeCommands, requireCommand } from './commands.js';
import type { Address } from './parseAddress.js';
import type { RtlTcpInfo, RtlTcpSettings } from './RtlTcpSettings.js';

export interface ReceiveSettings {
  readonly of: string;
  readonly address: Address;
  /** The first settings of the receiver. */
  readonly settings: RtlTcpSettings & { readonly sampleRate: number; readonly centerFreq: number };
  readonly commands: Observable<RtlTcpSettings> | undefined;
  readonly sampleType: SampleType | undefined;
  readonly blockSamples: number;
  readonly connectTimeoutMs: number;
  readonly connected: ((info: RtlTcpInfo) => void) | undefined;
}

const GREETING_BYTES = 12;
const TUNERS = ['unknown', 'E4000', 'FC0012', 'FC0013', 'FC2580', 'R820T', 'R828D'];
const CU8 = parseDatatype('cu8') as Datatype;
const BYTES_PER_SAMPLE = 2;

/** One connection to a server, from its greeting on. */
export async function* receive(given: ReceiveSettings, signal: AbortSignal): AsyncGenerator<Frame, void, undefined> {
  const { of, address, connectTimeoutMs } = given;
  const socket = connect({ host: address.host, port: address.port, noDelay: true });
  signal.addEventListener('abort', () => socket.destroy()); // at every end of the subscription
  socket.on('error', () => undefined); // reading reports the error
  const reader = new StreamReader(socket);
  const late = new Deadline(defaultClock, () =>
    socket.destroy(failure(address, 'connect', `no greeting within ${connectTimeoutMs} ms`)),
  );
  late.set(connectTimeoutMs);
  let subscription: Subscription | undefined;
  try {
    const greeting = await read(address, 'connect', reader, GREETING_BYTES);
    late.close();
    const info = infoOf(address, greeting);
    given.connected?.(info);
    if (signal.aborted) return; // it has unsubscribed
    const state = { ...given.settings };
    socket.write(encodeCommands(of, state));
    subscription = aside(undefined, () => given.commands?.subscribe(commander(of, socket, state)));
    yield* frames(given, reader, state);
  } finally {
    late.close();
    subscription?.unsubscribe();
  }
}

/** Sends changed settings while it runs. Frames have them from the next block on. */
function commander(of: string, socket: Socket, state: ReceiveSettings['settings']) {
  return {
    next(command: unknown): void {
      try {
        const settings = requireCommand(of, command);
        socket.write(encodeCommands(of, settings));
        const { sampleRate = state.sampleRate, centerFreq = state.centerFreq } = settings;
        Object.assign(state, { sampleRate, centerFreq });
      } catch (error) {
        socket.destroy(error as Error);
      }
    },
    error: (error: unknown) => void socket.destroy(error as Error),
  };
}

async function* frames(
  { address, blockSamples, sampleType: wanted }: ReceiveSettings,
  reader: StreamReader,
  state: ReceiveSettings['settings'],
): AsyncGenerator<Frame, void, undefined> {
  let time = new SampleTime(state.sampleRate);
  let { sampleRate } = state;
  let startNs: bigint | undefined;
  let since = 0;
  for (let sequence = 0; ; sequence += 1) {
    const bytes = await read(address, 'receive', reader, blockSamples * BYTES_PER_SAMPLE);
    // the first sample arrived one duration of the block ago
    startNs ??= time.at(defaultClock.wallNs(), -blockSamples);
    if (state.sampleRate !== sampleRate) {
      startNs = time.at(startNs, since);
      since = 0;
      ({ sampleRate } = state);
      time = new SampleTime(sampleRate);
    }
    const { sampleType, samples } = decodeReceiverBytes(bytes, CU8, wanted);
    yield {
      sampleType,
      samples,
      numSamples: blockSamples,
      sampleRate,
      centerFreq: state.centerFreq,
      sequence,
      timestampNs: time.at(startNs, since),
      streamId: 0,
      flags: 0,
      protocol: PROTOCOL,
      version: VERSION,
    } as Frame; // the decoder has checked that class and type match
    since += blockSamples;
  }
}

async function read(
  address: Address,
  operation: 'connect' | 'receive',
  reader: StreamReader,
  length: number,
): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await reader.read(length);
  } catch (cause) {
    const { syscall } = cause as NodeJS.ErrnoException; // other errors than those of the system pass unchanged
    throw syscall === undefined ? cause : failure(address, operation, (cause as Error).message, cause);
  }
  if (bytes.length === length) return bytes;
  throw failure(address, operation, 'the server has closed the connection');
}

function infoOf(address: Address, greeting: Uint8Array): RtlTcpInfo {
  const view = new DataView(greeting.buffer, greeting.byteOffset, GREETING_BYTES);
  const magic = String.fromCharCode(...greeting.subarray(0, 4));
  if (magic !== 'RTL0') {
    throw failure(
      address,
      'connect',
      `it is not an rtl_tcp server: it began with ${JSON.stringify(magic)}, not "RTL0"`,
    );
  }
  return {
    endpoint: address.endpoint,
    tuner: TUNERS[view.getUint32(4)] ?? 'unknown',
    gainCount: view.getUint32(8),
  };
}

function failure(
  { endpoint }: Address,
  operation: 'connect' | 'receive',
  reason: string,
  cause?: unknown,
): SocketError {
  return new SocketError(operation, endpoint, reason, cause === undefined ? undefined : { cause });
}
