// Where GNU Radio is.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The system's Python: another one has not the modules of its packages. */
export const python = '/usr/bin/python3';
/** Where the Python modules are unpacked that are not installed. */
export const modules = fileURLToPath(new URL('../../../node_modules/.cache/gnuradio', import.meta.url));
export const pythonPath = join(modules, 'usr/lib/python3/dist-packages');
