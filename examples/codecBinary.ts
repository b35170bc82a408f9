// #region main
import { of, take } from 'rxjs';
import { type Codec, fromSub, toPub, topic } from 'rxzmq';

interface Reading {
  readonly time: Date;
  readonly celsius: number;
}

// 16 bytes, little-endian: ms since 1970, degrees. What is sent may leave the time out.
const reading: Codec<Reading, { readonly celsius: number; readonly time?: Date }> = {
  encode({ celsius, time = new Date(0) }) {
    return [new Uint8Array(Float64Array.of(time.getTime(), celsius).buffer)];
  },
  decode([part, ...more]) {
    if (part?.length !== 16 || more.length > 0) throw new Error('a reading is one part of 16 bytes');
    const view = new DataView(part.buffer, part.byteOffset); // it may begin anywhere in a larger buffer
    return { time: new Date(view.getFloat64(0, true)), celsius: view.getFloat64(8, true) };
  },
};

const codec = topic(reading);
of({ topic: 'roof', value: { celsius: -3.5 } }, { topic: 'cellar', value: { celsius: 11.25 } })
  .pipe(toPub('inproc://readings', { codec, waitForSubscribers: 1 }))
  .subscribe();
fromSub('inproc://readings', { codec, topics: ['cellar'] })
  .pipe(take(1))
  .subscribe(({ topic, value }) => console.log(`${topic}: ${value.celsius} °C, ${value.time.getUTCFullYear()}`));
// #endregion main
