import { map, type Observable, using } from 'rxjs';
import type { Frame } from '../../frame/types.js';
import { requireRealTime } from '../../time/VirtualTime.js';
import { pace } from '../../operators/pace.js';
import { fromIterable } from '../../sources/fromIterable.js';
import type { Items } from '../samples/Items.js';
import { aborting } from './aborting.js';
import type { ReplayOptions } from './ReplayOptions.js';

type Block = Frame | Items;

/**
 * Emits the blocks of `read`, which is called for each subscription, at their rate if option `pace` is set.
 *
 * @param read gets a signal that aborts at unsubscription: a waiting iterable cannot be ended in another way
 */
export function replay(
  of: string,
  read: (signal: AbortSignal) => AsyncIterable<Block>,
  options: ReplayOptions,
): Observable<Block> {
  const { demand, pace: speed = false } = options;
  const blocks = (own: ReplayOptions['demand']) =>
    using(aborting, (resource) => {
      requireRealTime(`${of}: a file`);
      return fromIterable(read((resource as ReturnType<typeof aborting>).signal), { demand: own });
    });
  if (speed === false) return blocks(demand);
  return blocks(undefined).pipe(
    map(carried),
    pace({ speed: speed === true ? 1 : speed, demand }),
    map((block) => block.carries ?? block),
  );
}

/** `pace` counts complex samples: real samples are wrapped in a Frame with the same number. */
function carried(block: Block): Frame & { carries?: Items } {
  if ('samples' in block) return block;
  const { items, ...rest } = block;
  return { ...rest, sampleType: 'ci8', samples: zeros(items.length * 2), carries: block } as unknown as Frame;
}

let none = new Int8Array(0);

function zeros(length: number): Int8Array {
  if (none.length < length) none = new Int8Array(length);
  return none.subarray(0, length);
}
