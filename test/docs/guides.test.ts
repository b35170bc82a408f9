import { existsSync } from 'node:fs';
import * as rxzmq from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { requestRules } from '../../src/endpoints/requests/RequestOptions.js';
import { sinkRules } from '../../src/endpoints/sending/SinkOptions.js';
import { sourceRules } from '../../src/endpoints/receiving/SourceOptions.js';
import { codeWords, guides, read, root } from './guides.js';

const all = new Set([...guides.values()].flatMap((text) => [...codeWords(text)]));

describe('all guides together', () => {
  it.each(Object.keys(rxzmq))('speak of %s', (name) => {
    expect(all).toContain(name);
  });

  it.each(Object.keys({ ...sourceRules, ...sinkRules, ...requestRules }))('speak of option %s', (name) => {
    expect(all).toContain(name);
  });

  it('are in the site, and nothing else is', () => {
    const { projectDocuments } = JSON.parse(read('typedoc.json')) as { projectDocuments: string[] };

    expect([...projectDocuments].sort()).toEqual(['CHANGELOG.md', ...guides.keys()].sort());
  });
});

describe.each([...guides, ['README.md', read('README.md')]])('%s', (path, text) => {
  const folder = path.startsWith('docs/') ? 'docs/' : '';

  it('carries its code, and tells where it is from', () => {
    expect(text).not.toContain('{@includeCode');
    for (const [, file = ''] of text.matchAll(/^\/\/ (examples\/[^#\s]+)/gm)) {
      expect(existsSync(root + file), file).toBe(true);
    }
  });

  it('leads to pages and headings that there are', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const missing = links.filter(([, file = '', heading]) => {
      const target = file === '' ? path : folder + file;
      if (!existsSync(root + target)) return true;
      return heading !== undefined && !anchors(read(target)).has(heading);
    });

    expect(missing.map(([link]) => link)).toEqual([]);
  });
});

/** What the headings of a page are linked by. */
function anchors(text: string): Set<string> {
  const headings = text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}
