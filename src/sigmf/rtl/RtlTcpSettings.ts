/** Settings of a receiver, at the start and while it runs. */
export interface RtlTcpSettings {
  /** Samples per second, in Hz: 225,001 to 300,000 or 900,001 to 3,200,000 for an rtl-sdr. @default 2,048,000 */
  readonly sampleRate?: number | undefined;
  /** Centre frequency, in Hz. @default 100 MHz */
  readonly centerFreq?: number | undefined;
  /** The gain of the tuner: in dB, of which the tuner uses the nearest that it has, or `'auto'`. @default 'auto' */
  readonly gain?: number | 'auto' | undefined;
  /** The frequency correction of its crystal, in ppm. @default the server's */
  readonly ppm?: number | undefined;
  /** Whether the demodulator chip controls its gain automatically. @default the server's */
  readonly agc?: boolean | undefined;
  /** Whether the antenna line has 4.5 V. @default the server's */
  readonly biasTee?: boolean | undefined;
  /** Whether zero-IF tuners are tuned with an offset. @default the server's */
  readonly offsetTuning?: boolean | undefined;
  /** Whether to sample an input of the converter directly, without the tuner. @default the server's */
  readonly directSampling?: 'off' | 'i' | 'q' | undefined;
}

/** The receiver at the other end. */
export interface RtlTcpInfo {
  readonly endpoint: string;
  /** `'R820T'` and the like; `'unknown'`. */
  readonly tuner: string;
  /** The number of gains it has. */
  readonly gainCount: number;
}
