// #region main
import { map, range, take } from 'rxjs';
import { fromSub, toPub } from 'rxzmq';

range(0, 3)
  .pipe(
    map((n) => new Int16Array([n, -n])),
    toPub('tcp://127.0.0.1:*', {
      streamId: 7,
      waitForSubscribers: 2, // so that both hear the first frame
      status: (status) => {
        if (status.kind === 'subscribed') console.log(`subscribers: ${status.count}`);
        if (status.kind === 'listening') [1, 2].forEach(() => startListener(status.endpoint));
      },
    }),
  )
  .subscribe(({ streamId, sequence }) => console.log(`stream ${streamId}, frame ${sequence} published`));

// In another program.
function startListener(endpoint: string) {
  fromSub(endpoint).pipe(take(3)).subscribe();
}
// #endregion main
