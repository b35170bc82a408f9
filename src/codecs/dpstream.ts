import { frame } from '../frame/frame.js';
import type { Frame, FrameInput } from '../frame/types.js';
import type { FrameStamp } from '../frame/FrameStamp.js';
import { decodeMessage } from '../dpstream/decodeMessage.js';
import { encodeEnd, encodeFrameMessage, encodeTelemetry } from '../dpstream/encodeMessage.js';
import { isEndOfStream, type NumberedEnd } from '../dpstream/EndOfStream.js';
import type { Telemetry, TelemetryInput } from '../dpstream/Telemetry.js';
import { checkOptions, isBoolean } from '../options/rules.js';
import { FrameError } from '../samples/FrameError.js';
import { newSamples } from '../samples/newSamples.js';
import { sampleTypeByName } from '../samples/sampleTypes.js';
import type { SampleType } from '../samples/types.js';
import type { Codec } from './Codec.js';
import { onlyPart } from './onlyPart.js';

/** Options of {@link dpstream}. */
export interface DpstreamOptions {
  /** `true`: also decodes and encodes telemetry records; `false`: they count as invalid messages. @default false */
  readonly telemetry?: boolean | undefined;
}

/**
 * Frames as doppler sends them over NATS since version 0.44: a message of one part, with a 64-byte header and the samples. The
 * default codec of `nats://` endpoints.
 *
 * It also reads the frames of doppler 0.22 to 0.43 (SIGS, header and payload in one message). The format has no `cf128`, no
 * `streamId`, no application `flags` and no `protocol`: decoded frames have 0 there, and `version` 2. Samples are copied in
 * both directions. Both directions throw FrameError; `decode` throws it for each message that doppler refuses, and for an end
 * of stream, which sources with `nats://` endpoints handle before.
 *
 * @param options whether telemetry records are emitted too
 * @throws OptionError
 * @example
 * ```ts
 * const again = dpstream().decode(dpstream().encode(frame(new Int16Array([1, 0, 0, 1]))));
 * ```
 */
export function dpstream(options?: { readonly telemetry?: false | undefined }): Codec<Frame, FrameInput>;
export function dpstream(options: {
  readonly telemetry: true;
}): Codec<Frame | Telemetry, FrameInput | TelemetryInput, Frame | Telemetry>;
export function dpstream(options?: DpstreamOptions): Codec<Frame | Telemetry, FrameInput | TelemetryInput>;
export function dpstream(options: DpstreamOptions = {}): Codec<Frame, FrameInput> {
  checkOptions('dpstream', options, { telemetry: isBoolean });
  const { telemetry = false } = options;
  const codec: Codec<Frame | Telemetry, unknown> = {
    encode: (value) => [encodeAny(value, telemetry)],
    decode: (parts) => decodeAny(onlyPart('dpstream', parts), telemetry),
    prepare: (value, stamp) => prepareAny(value, stamp, telemetry) as Frame,
    topicFirst: false,
    subjects: 'dpstream',
  };
  return codec as Codec<Frame, FrameInput>; // overloads carry the types
}

function encodeAny(value: unknown, telemetry: boolean): Uint8Array {
  if (ArrayBuffer.isView(value)) return encodeFrameMessage(frame(value as Float32Array)); // or of another class, which `frame` checks
  if (isEndOfStream(value)) return encodeEnd((value as NumberedEnd).sequence, (value as NumberedEnd).timestampNs);
  if (!isTelemetry(value)) return encodeFrameMessage(value as Frame);
  requireTelemetry(telemetry);
  return encodeTelemetry({ sequence: 0, timestampNs: 0n, sampleRate: 0, centerFreq: 0, ...value });
}

function decodeAny(message: Uint8Array, telemetry: boolean): Frame | Telemetry {
  const value = decodeMessage(message);
  if (value === undefined) throw new FrameError('kind', 'an end of stream is no frame');
  if (isTelemetry(value)) requireTelemetry(telemetry);
  return value;
}

/** Each value that is sent has its own sequence number. */
function prepareAny(value: unknown, stamp: FrameStamp, telemetry: boolean): unknown {
  if (isEndOfStream(value)) return { ...value, ...numbered(stamp, value.sampleType) };
  if (!isTelemetry(value)) return stamp(value as FrameInput);
  requireTelemetry(telemetry);
  const { sequence, timestampNs } = numbered(stamp, undefined);
  return { sampleRate: 0, centerFreq: 0, timestampNs, ...value, sequence };
}

/** The sequence number and time that the next frame would have had. */
function numbered(stamp: FrameStamp, sampleType: SampleType = 'cf32'): Pick<Frame, 'sequence' | 'timestampNs'> {
  const { elementsPerSample } = sampleTypeByName(sampleType)!;
  const { sequence, timestampNs } = stamp(newSamples(sampleType, elementsPerSample));
  return { sequence, timestampNs };
}

function isTelemetry(value: unknown): value is TelemetryInput {
  return (value as Partial<Telemetry> | undefined)?.kind === 'telemetry';
}

function requireTelemetry(telemetry: boolean): void {
  if (!telemetry) throw new FrameError('kind', 'these are telemetry records: dpstream({ telemetry: true }) has them');
}
