import type { Demand } from '../../demand/types.js';
import { defaultClock } from '../../rx/defaultClock.js';
import { invalidHandler } from '../status/invalidMessages.js';
import { PlainRequests } from './PlainRequests.js';
import { RequestClient } from './RequestClient.js';
import type { RequestSettings } from './RequestSettings.js';
import type { AnyRequestOptions } from './RequestOptions.js';
import { statusReporter } from '../status/statusReporter.js';

/** Opens the socket of requests. `out` receives its end and its failure, which concerns all requests. */
export function openRequestClient(
  settings: RequestSettings,
  options: AnyRequestOptions,
  out: { error(error: unknown): void; complete(): void; readonly below?: Demand | undefined },
): RequestClient | PlainRequests {
  const { onInvalid = 'skip', status } = options;
  const notify = statusReporter(status, { of: settings.of, clock: defaultClock }, out.below);
  const Client = settings.correlate === 'never' ? PlainRequests : RequestClient;
  return new Client(settings, {
    status: notify,
    invalid: invalidHandler(settings.of, onInvalid, notify, out),
    failed: (error) => out.error(error),
    closed: () => out.complete(),
  });
}
