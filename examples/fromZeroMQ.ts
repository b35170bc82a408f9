// #region main
import { iterate, openSocket } from 'rxzmq';

// new Push(), await push.bind(...)
await using push = openSocket('push', { sendHighWaterMark: 100 }).bind('tcp://127.0.0.1:*');
const [endpoint = ''] = await push.opened; // push.lastEndpoint

// new Pull(), pull.connect(...)
await using pull = openSocket('pull').connect(endpoint);

// await push.send(...)
await push.send(['a message', 'of two parts']);
await push.send('a message of one');
await push.send(new Uint8Array()); // and an empty one

// for await (const parts of pull)
for await (const parts of iterate(pull.messages)) {
  const words = parts.map((part) => new TextDecoder().decode(part));
  if (words[0] === '') break;
  console.log(words.join(' | '));
}
// #endregion main
