import { invalidHandler } from '../status/invalidMessages.js';
import { RequestClient, type RequestSettings } from './RequestClient.js';
import type { AnyRequestOptions } from './RequestOptions.js';
import { statusReporter } from '../status/statusReporter.js';

/** Opens the socket of requests. `out` hears its failure, which concerns all of them, and its end. */
export function openRequestClient(
  settings: RequestSettings,
  options: AnyRequestOptions,
  out: { error(error: unknown): void; complete(): void },
): RequestClient {
  const { onInvalid = 'skip', status } = options;
  const notify = statusReporter(status);
  return new RequestClient(settings, {
    status: notify,
    invalid: invalidHandler(settings.of, onInvalid, notify, out),
    failed: (error) => out.error(error),
    closed: () => out.complete(),
  });
}
