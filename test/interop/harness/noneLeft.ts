import { afterAll, expect } from 'vitest';
import { running } from './Peer.js';

// Whatever happened in the tests of a file, failures included: no peer is left behind.
afterAll(() => expect(running()).toEqual([]));
