import { lastValueFrom, merge, NEVER, type Observable, Subject, takeUntil, tap, timer } from 'rxjs';
import { fromPull, type SocketStatus } from 'rxzmq';
import { stopSignal } from '../../src/cli/run/stopSignal.js';
import { describeLink } from '../../src/cli/scope/link.js';
import type { Reception } from '../../src/cli/scope/receive.js';
import { summary } from '../../src/cli/scope/summary.js';
import { withPrefix } from '../../src/spectrum/text.js';
import { emptyView } from '../../src/cli/scope/view.js';
import { watch } from '../../src/cli/scope/watch.js';
import { help, parseRequest, UsageError, type Request } from './args.js';
import { sampleRate, send } from './send.js';
import { withSender } from './withSender.js';

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
    case 'web':
      return openInBrowser(request);
    case 'connect':
    case 'demo':
      return draw(request);
  }
}

async function draw(request: Extract<Request, { mode: 'connect' | 'demo' }>): Promise<number> {
  const seconds = request.seconds ?? (process.stdout.isTTY ? undefined : secondsAlone);
  const everyMs = seconds === undefined ? 2000 : (seconds * 1000) / 4;
  let stopped = false;
  const onQuit = (): void => void (stopped = true);

  const picture = (endpoint: string): Observable<Reception> => {
    const status = new Subject<SocketStatus>();
    // What is no frame is told by the status; a warning as well would go right through the picture.
    const frames = fromPull(endpoint, { status, onInvalid: () => undefined });
    return watch(frames, { status, waiting: `waiting for ${endpoint}`, everyMs, onQuit }).pipe(
      takeUntil(seconds === undefined ? NEVER : timer(seconds * 1000)),
    );
  };
  const pictures = request.mode === 'connect' ? picture(request.endpoint) : withSender(request.type, picture);
  const last = await lastValueFrom(pictures.pipe(takeUntil(stopSignal().pipe(tap(onQuit)))), {
    defaultValue: { view: emptyView, link: '' },
  });

  console.log(summary(last.view.total));
  if (stopped || last.view.total.frames > 0) return 0;
  console.error(`no frame came: ${last.link}`);
  return 1;
}

async function openInBrowser({ endpoint, type, port, seconds }: Extract<Request, { mode: 'web' }>): Promise<number> {
  const { serveWeb } = await import('./web/serveWeb.js'); // which builds the page: others need not wait for that
  const served = (source: string) => serveWeb(source, port);
  let link: string | undefined;
  await lastValueFrom(
    (endpoint === undefined ? withSender(type, served) : served(endpoint)).pipe(
      tap((event) => {
        if (event.kind === 'open') return console.log(`open ${event.url}`);
        const said = describeLink(link, event.status);
        if (said !== link && said !== undefined) console.log(said);
        link = said;
      }),
      takeUntil(merge(stopSignal(), seconds === undefined ? NEVER : timer(seconds * 1000))),
    ),
    { defaultValue: undefined },
  );
  return 0;
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
