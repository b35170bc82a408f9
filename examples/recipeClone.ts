// #region main
import { lastValueFrom, map, merge, of, Subject, take, tap } from 'rxjs';
import { fromSub, json, pacedMap, reply, requester, type SocketStatus, toPub } from 'rxzmq';

type State = { version: number; gain?: number; squelch?: number };
const codec = json<State>();
// The owner of a state publishes its changes, and replies with all of it. Whoever has just subscribed is told to ask.
let state: State = { version: 0, gain: 10, squelch: 5 };
const changes = new Subject<State>();
const status = ({ kind }: SocketStatus) => kind === 'subscribed' && changes.next({ version: -1 });
const serving = reply('inproc://state', () => state, { codec });
const owner = merge(changes.pipe(toPub('inproc://changes', { codec, status })), serving).subscribe();
const change = (what: Partial<State>) => {
  state = { ...state, ...what, version: state.version + 1 };
  changes.next({ ...what, version: state.version });
};
change({ gain: 20 }); // no subscriber yet
// A clone asks for the whole state whenever a change does not follow the last one that it has.
const owners = requester('inproc://state', { codec });
let mine: State = { version: 0 };
const clone = fromSub('inproc://changes', { codec }).pipe(
  pacedMap((news) => (news.version === mine.version + 1 ? of(news) : owners.request(news))),
  map((news) => (mine = { ...mine, ...news })),
  tap(({ version, gain, squelch }) => console.log(`version ${version}: gain ${gain}, squelch ${squelch}`)),
  tap(({ version }) => version === 1 && change({ squelch: 7 })),
);
await lastValueFrom(clone.pipe(take(2))).finally(owners.close);
owner.unsubscribe();
// #endregion main
