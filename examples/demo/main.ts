import { lastValueFrom, merge, NEVER, takeUntil, tap, timer, type Observable } from 'rxjs';
import { help, parseRequest, UsageError, type Request } from './args.js';
import { receive, type Reception } from './receive.js';
import { sampleRate, send } from './send.js';
import { quitKey, show } from './show.js';
import { stopSignal } from './stopSignal.js';
import { summary } from './summary.js';
import { withPrefix } from './text.js';
import { emptyView } from './view.js';
import { withSender } from './withSender.js';

const picturesPerSecond = 15;
const secondsAlone = 5;

try {
  process.exitCode = await run(parseRequest(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof UsageError) console.error('npm run demo -- --help tells what there is');
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function run(request: Request): Promise<number> {
  switch (request.mode) {
    case 'help':
      console.log(help);
      return 0;
    case 'bind':
      return serve(request);
    case 'connect':
    case 'demo':
      return watch(request);
  }
}

async function watch(request: Extract<Request, { mode: 'connect' | 'demo' }>): Promise<number> {
  const seconds = request.seconds ?? (process.stdout.isTTY ? undefined : secondsAlone);
  const stop = merge(stopSignal(), quitKey());
  let stopped = false;

  const picture = (endpoint: string): Observable<Reception> =>
    receive(endpoint, picturesPerSecond).pipe(
      show(picturesPerSecond, seconds === undefined ? 2000 : (seconds * 1000) / 4),
      takeUntil(seconds === undefined ? NEVER : timer(seconds * 1000)),
    );
  const pictures = request.mode === 'connect' ? picture(request.endpoint) : withSender(request.type, picture);
  const last = await lastValueFrom(pictures.pipe(takeUntil(stop.pipe(tap(() => (stopped = true))))), {
    defaultValue: { view: emptyView, link: '' },
  });

  console.log(summary(last.view.total));
  if (stopped || last.view.total.frames > 0) return 0;
  console.error(`no frame came: ${last.link}`);
  return 1;
}

async function serve({ endpoint, type, seconds }: Extract<Request, { mode: 'bind' }>): Promise<number> {
  let sent = 0;
  const frames = send(endpoint, type, (status) => {
    if (status.kind === 'listening') {
      console.log(`sending ${type} at ${withPrefix(sampleRate, 'S/s')} to whoever pulls from ${status.endpoint}`);
    } else if (status.kind === 'connected') console.log('a receiver is there');
    else if (status.kind === 'disconnected') console.log('a receiver has gone');
  });
  const end = seconds === undefined ? NEVER : timer(seconds * 1000);
  await lastValueFrom(
    frames.pipe(
      tap(() => sent++),
      takeUntil(merge(stopSignal(), end)),
    ),
    {
      defaultValue: undefined,
    },
  );
  console.log(`sent ${sent} frames`);
  return 0;
}
