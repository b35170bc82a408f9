// Mistakes that people make, each with what the compiler must say and where. A comment `says` stands before the line that the
// compiler must blame; what follows it must be in the message.
import { from, map, of } from 'rxjs';
import {
  bounded,
  convertSamples,
  type Frame,
  fromIterable,
  fromPull,
  fromSub,
  gaps,
  iterate,
  json,
  openSocket,
  pacedMap,
  reblock,
  reply,
  request,
  requester,
  tee,
  text,
  topic,
  toPub,
  toPush,
} from 'rxzmq';
import { fromReader } from 'rxzmq/savant';

const url = 'tcp://127.0.0.1:5555';

// 1. a type argument instead of a codec
// says: Expected 2 arguments, but got 1
fromSub<number>(url);

// 2. a sample type that does not exist
fromPull(url, {
  // says: Type '"cf33"' is not assignable to type 'SampleType
  sampleType: 'cf33',
});

// 3. a misspelt option of a source
fromPull(url, {
  // says: 'sampletype' does not exist in type
  sampletype: 'cf32',
});

// 4. the same of fromSub
fromSub(url, {
  // says: 'conflat' does not exist in type
  conflat: true,
});

// 5. a string to a sink of frames
of('text').pipe(
  // says: Type 'string' is not assignable to type
  toPush(url),
);

// 6. a number to a sink of text
of(1).pipe(
  // says: Type 'number' is not assignable to type 'string'
  toPush(url, { codec: text }),
);

// 7. a misspelt option of a sink
of(new Float32Array(2)).pipe(
  toPush(url, {
    // says: 'samplerate' does not exist in type
    samplerate: 48_000,
  }),
);

// 8. an option of a sink with a wrong type
of(new Float32Array(2)).pipe(
  toPub(url, {
    // says: Type 'string' is not assignable to type 'number
    sampleRate: '48000',
  }),
);

// 9. a misspelt option of toPub
of(new Float32Array(2)).pipe(
  toPub(url, {
    // says: 'waitForSubscriber' does not exist in type
    waitForSubscriber: 1,
  }),
);

// 10. topics without a codec that has them
// says: 'topics' does not exist in type 'FrameSubOptions
fromSub(url, { topics: ['quotes.'] });

// 11. a codec that is not called
// says: is not assignable to type '
fromSub(url, { codec: json });

// 12. an option that is an object
fromPull(url, {
  // says: Type 'number' is not assignable to type 'false | ReconnectOptions
  reconnect: 100,
});

// 13. a misspelt option in an option
fromPull(url, {
  reconnect: {
    // says: 'maxMS' does not exist in type 'ReconnectOptions'
    maxMS: 100,
  },
});

// 14. a mechanism that does not exist
fromPull(url, {
  security: {
    // says: Type '"curved"' is not assignable to type '"
    mechanism: 'curved',
  },
});

// 15. a misspelt option of request
of(new Float32Array(2)).pipe(
  request(url, {
    // says: 'retry' does not exist in type
    retry: 3,
  }),
);

// 16. the same with a codec
of('a').pipe(
  request(url, {
    // says: Type 'Codec<string, string, string>' is not assignable to type 'undefined'
    codec: text,
    timeout: 3,
  }),
);

// 17. an option of request with a wrong type
of(new Float32Array(2)).pipe(
  request(url, {
    // says: Type 'string' is not assignable to type 'number
    timeoutMs: '500',
  }),
);

// 18. an option of the operator at a requester
requester(url, {
  // says: 'concurrency' does not exist in type
  concurrency: 8,
});

// 19. a handler that returns something else
// says: is not assignable to type '
reply(url, (line) => line.length, { codec: text });

// 20. a misspelt option of reply
// says: Did you mean to write 'handlerTimeoutMs'?
reply(url, (frame) => frame, { handlerTimeout: 100 });

// 21. a project function that returns no Observable
fromPull(url).pipe(
  // says: Type 'number' is not assignable to type 'ObservableInput<
  pacedMap((frame) => frame.numSamples),
);

// 22. a sink that is not called
from([new Float32Array(2)]).pipe(
  // says: is not assignable to parameter of type 'OperatorFunction<
  toPush,
);

// 23. numbers to a sink of frames
fromPull(url).pipe(
  // says: Type 'number' is not assignable to type 'FrameInput'
  map((frame) => frame.numSamples),
  toPush(url),
);

// 24. a loop without iterate
async function loop(): Promise<void> {
  // says: must have a '[Symbol.asyncIterator]()' method
  for await (const frame of fromPull(url)) {
    console.log(frame);
  }
}
void loop;

// 25. a value that the codec does not have
of({ a: 1 }).pipe(
  // says: Type 'number' is not assignable to type 'string'
  toPub(url, { codec: json<{ a: string }>() }),
);

// 26. a value without its topic
of(1).pipe(
  // says: Type 'number' is not assignable to type 'Topical<
  toPub(url, { codec: topic(json<number>()) }),
);

// 27. a policy that does not exist
fromPull(url).pipe(
  // says: Argument of type '"drop"' is not assignable to parameter of type 'BufferPolicy
  bounded(10, 'drop'),
);

// 28. a socket type that does not exist
// says: Argument of type '"pusher"' is not assignable to parameter of type
openSocket('pusher');

// 29. receiving from a socket that only sends
// says: Property 'messages' does not exist on type
openSocket('push').messages.subscribe();

// 30. an option of another socket type
// says: 'mandatory' does not exist in type 'PushSocketOptions'
openSocket('push', { mandatory: true });

// 31. an option whose type was widened: `as const` keeps it
const widened = { sampleType: 'cf32' };
// says: Type 'string' is not assignable to type 'SampleType
fromPull(url, widened);

// 32. samples as a plain array
fromPull(url, { sampleType: 'cf32' }).pipe(
  // says: Type 'number[]' is missing the following properties from type 'Float32Array
  map((frame) => ({ ...frame, samples: [...frame.samples] })),
  toPush(url),
);

// 33. a function that wants frames of one type
const peak = (frame: Frame<'cf32'>): number => Math.max(...frame.samples);
// says: is not assignable to parameter of type 'OperatorFunction<
fromPull(url).pipe(map(peak));

// 34. a sample type that convertSamples does not make
fromPull(url).pipe(
  // says: Argument of type '"f32"' is not assignable to parameter of type
  convertSamples('f32'),
);

// 35. results of a reader without a look at their kind
fromReader('router+bind:tcp://*:5555').subscribe((result) => {
  // says: Property 'message' does not exist on type
  console.log(result.message);
});

// 36. a block size that is text
// says: Argument of type 'string' is not assignable to parameter of type 'number'
fromPull(url).pipe(reblock('4096'));

// These are right, and must stay so.
fromPull(url, { sampleType: 'cf32' }).subscribe((frame) => peak(frame));
fromPull(url, { sampleType: 'cf32' } as const).subscribe((frame) => peak(frame));
fromPull(url, { codec: json<number>() }).subscribe((value) => value.toFixed());
fromIterable([new Float32Array(2)]).pipe(tee(toPush(url), toPub(url)));
fromPull(url).pipe(gaps({ onGap: () => undefined }));
void iterate(fromSub(url, { codec: text, topics: undefined }));
