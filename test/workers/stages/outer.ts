import { of } from 'rxjs';
import { stage } from 'rxzmq/stage';
import { offload } from 'rxzmq/workers';

/** Has another stage do its work, whose URL it gets. */
export default stage((value: unknown, inner: string) => of(value).pipe(offload(inner)));
