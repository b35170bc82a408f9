// #region main
import { of, retry, timer } from 'rxjs';
import { fromPull, request, type RxZmqError, text } from 'rxzmq';

// What is wrong with a call is thrown by the call.
try {
  fromPull('tcp://radio:5555', { highWaterMark: 0 });
} catch (error) {
  console.log((error as RxZmqError).message);
}

// What goes wrong later arrives as an error notification; match on `code`.
of('Is anybody there?')
  .pipe(
    request('tcp://127.0.0.1:9', { codec: text, connectTimeoutMs: 50 }),
    retry({ count: 1, delay: () => timer(10) }), // opens a new socket
  )
  .subscribe({
    error(error: unknown) {
      const { code, message } = error as RxZmqError;
      console.log(code === 'ERR_REQUEST_TIMEOUT' ? `nobody is there: ${message}` : message);
    },
  });
// #endregion main
