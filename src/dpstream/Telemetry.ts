/** One record of telemetry, as doppler's Publisher sends it. */
export interface TelemetryRecord {
  /** An unsigned 64-bit number: the sample that it belongs to. */
  readonly n: bigint;
  /** 32-bit float. */
  readonly value: number;
  /** An integer from 0 to 65535 that says what was measured. */
  readonly probe: number;
  /** An integer from 0 to 65535. */
  readonly flags: number;
}

/** A message of telemetry records, which a Publisher of doppler sends beside its frames. */
export interface Telemetry {
  readonly kind: 'telemetry';
  readonly records: readonly TelemetryRecord[];
  /** Counts the messages of one sender, from 0. */
  readonly sequence: number;
  /** UNIX time, in ns. */
  readonly timestampNs: bigint;
  /** Hz; 0 where the sender did not say. */
  readonly sampleRate: number;
  /** Hz; 0 where the sender did not say. */
  readonly centerFreq: number;
}

/** Telemetry to be sent. What is left out is numbered, timed and 0. */
export type TelemetryInput = Pick<Telemetry, 'kind' | 'records'> & Partial<Telemetry>;
