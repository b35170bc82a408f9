import { createRequire } from 'node:module';
import * as esm from 'rxzmq';
import exchange from './exchange.cjs';

const cjs = createRequire(import.meta.url)('rxzmq');
if (cjs.OptionError === esm.OptionError) throw new Error('this was to be two copies');
exchange(esm, cjs);
