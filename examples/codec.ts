// #region main
import { of, take } from 'rxjs';
import { type Codec, fromPull, toPush } from 'rxzmq';

const csv: Codec<number[]> = {
  encode: (values) => [new TextEncoder().encode(values.join(','))],
  decode(parts) {
    const line = parts.map((part) => new TextDecoder().decode(part)).join(',');
    const values = line.split(',').map(Number);
    if (values.some(Number.isNaN)) throw new Error(`no numbers: ${line}`); // an invalid message, the stream goes on
    return values;
  },
};

of([20.5, 21], [19.75, 22])
  .pipe(toPush('inproc://sensors', { codec: csv }))
  .subscribe();

fromPull('inproc://sensors', { codec: csv })
  .pipe(take(2))
  .subscribe(([inside = 0, outside = 0]) => console.log(`inside ${inside}, outside ${outside}`));
// #endregion main
