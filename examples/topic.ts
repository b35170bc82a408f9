// #region main
import { of, take } from 'rxjs';
import { fromSub, json, toPub, topic } from 'rxzmq';

type Quote = { bid: number; ask: number };

of(
  { topic: 'quotes.EURUSD', value: { bid: 1.0841, ask: 1.0843 } },
  { topic: 'trades.EURUSD', value: { bid: 0, ask: 0 } },
  { topic: 'quotes.USDJPY', value: { bid: 151.2, ask: 151.22 } },
)
  .pipe(toPub('inproc://market', { codec: topic(json<Quote>()), waitForSubscribers: 1 }))
  .subscribe();

// Only what begins with 'quotes.' is sent here.
fromSub('inproc://market', { codec: topic(json<Quote>()), topics: ['quotes.'] })
  .pipe(take(2))
  .subscribe(({ topic, value }) => console.log(`${topic}: ${value.bid} / ${value.ask}`));
// #endregion main
