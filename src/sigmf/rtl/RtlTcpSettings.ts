/** What can be set of a receiver, at the start and while it runs. */
export interface RtlTcpSettings {
  /** Samples a second, in Hz: 225,001 to 300,000 or 900,001 to 3,200,000 for an rtl-sdr. @default 2,048,000 */
  readonly sampleRate?: number | undefined;
  /** Centre frequency, in Hz. @default 100 MHz */
  readonly centerFreq?: number | undefined;
  /** Of the tuner: a number of dB, of which it takes the nearest it has, or `'auto'`. @default 'auto' */
  readonly gain?: number | 'auto' | undefined;
  /** By how many millionths its crystal is off. @default what the server has */
  readonly ppm?: number | undefined;
  /** Whether the demodulator chip adjusts levels by itself. @default what the server has */
  readonly agc?: boolean | undefined;
  /** Whether 4.5 V are put on the antenna's line. @default what the server has */
  readonly biasTee?: boolean | undefined;
  /** Whether tuners with a zero IF are tuned beside the frequency. @default what the server has */
  readonly offsetTuning?: boolean | undefined;
  /** Whether an input of the converter is taken without the tuner. @default what the server has */
  readonly directSampling?: 'off' | 'i' | 'q' | undefined;
}

/** The receiver at the other end. */
export interface RtlTcpInfo {
  readonly endpoint: string;
  /** `'R820T'` and the like; `'unknown'`. */
  readonly tuner: string;
  /** How many gains it has to choose from. */
  readonly gainCount: number;
}
