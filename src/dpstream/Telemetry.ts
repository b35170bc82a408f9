/** One telemetry record, as doppler's Publisher sends it. */
export interface TelemetryRecord {
  /** An unsigned 64-bit number: the sample that it belongs to. */
  readonly n: bigint;
  /** 32-bit float. */
  readonly value: number;
  /** An integer from 0 to 65535: identifies what was measured. */
  readonly probe: number;
  /** An integer from 0 to 65535. */
  readonly flags: number;
}

/** A message of telemetry records, which a Publisher of doppler sends in addition to its frames. */
export interface Telemetry {
  readonly kind: 'telemetry';
  readonly records: readonly TelemetryRecord[];
  /** Counts the messages of one sender, from 0. */
  readonly sequence: number;
  /** UNIX time, in ns. */
  readonly timestampNs: bigint;
  /** In Hz; 0 if the sender does not report it. */
  readonly sampleRate: number;
  /** In Hz; 0 if the sender does not report it. */
  readonly centerFreq: number;
}

/** Telemetry to be sent. A missing `sequence` is numbered, a missing `timestampNs` is stamped, and other missing numbers are 0. */
export type TelemetryInput = Pick<Telemetry, 'kind' | 'records'> & Partial<Telemetry>;
