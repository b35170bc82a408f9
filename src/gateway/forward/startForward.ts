import { describe } from '../../basics/describe.js';
import { raw } from '../../codecs/raw.js';
import { sigs } from '../../codecs/sigs.js';
import type { Endpoints } from '../../driver/endpoints.js';
import { OptionError } from '../../errors.js';
import { requireOption } from '../../options/requireOption.js';
import { checkOptions } from '../../options/rules.js';
import { toPub } from '../../sinks/toPub.js';
import { toPush } from '../../sinks/toPush.js';
import { fromPull } from '../../sources/fromPull.js';
import { fromSub } from '../../sources/fromSub.js';
import { checking } from './checking.js';
import { type Closeable, forwardRules, type ForwardOptions, isPageSide, type PageSide } from './ForwardOptions.js';
import { OneWay, type Pipeline } from './OneWay.js';
import { Requests } from './Requests.js';

/**
 * Forwards between the endpoint of a path and other sockets.
 *
 * @throws OptionError, EndpointError, UnsupportedError
 */
export function startForward(
  path: string,
  web: string,
  endpoints: Endpoints,
  as: PageSide,
  options: ForwardOptions,
): Closeable {
  requireOption('forward', 'as', as, isPageSide);
  checkOptions('forward', options, forwardRules);
  const { codec = sigs, topics, status } = options;
  if (topics !== undefined && as !== 'sub') {
    throw new OptionError('topics', topics, `forward: option 'topics' is for 'sub', got it with ${describe(as)}`);
  }
  if (as === 'request') return new Requests(path, web, endpoints, codec, options);
  return new OneWay(path, pipelineOf(web, endpoints, as, options), status);
}

function pipelineOf(
  web: string,
  endpoints: Endpoints,
  as: Exclude<PageSide, 'request'>,
  options: ForwardOptions,
): Pipeline {
  const { codec = sigs, topics, security, bind = false } = options;
  const upstream = { codec: raw, security, bind };
  const pipelines: Readonly<Record<typeof as, Pipeline>> = {
    sub: (status) =>
      fromSub(endpoints, { ...upstream, topics, status }).pipe(toPub(web, { codec: raw, zeroCopy: true, status })),
    pull: (status) =>
      fromPull(endpoints, { ...upstream, status }).pipe(toPush(web, { codec: raw, zeroCopy: true, status })),
    push: (status) =>
      fromPull(web, { codec: checking(codec), bind: true, status }).pipe(
        toPush(endpoints, { ...upstream, zeroCopy: true, status }),
      ),
  };
  return pipelines[as];
}
