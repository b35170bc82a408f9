// Checks that every link and picture of the built API pages leads somewhere: to a page, and to an anchor on it. Links to other hosts are
// listed, not followed.
//
//   node scripts/checkSite.mjs [--list]
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const site = fileURLToPath(new URL('../docs/api', import.meta.url));
const pages = readdirSync(site, { recursive: true })
  .filter((name) => name.endsWith('.html'))
  .map((name) => join(site, name));

const idsOf = new Map();
function ids(page) {
  if (!idsOf.has(page)) {
    const text = readFileSync(page, 'utf8');
    idsOf.set(page, new Set(Array.from(text.matchAll(/\bid="([^"]+)"/g), ([, id]) => id)));
  }
  return idsOf.get(page);
}

const wrong = [];
const elsewhere = new Set();
for (const page of pages) {
  const text = readFileSync(page, 'utf8');
  for (const [, , raw] of text.matchAll(/<(?:a|img|script|link)\b[^>]*?\b(href|src)="([^"]*)"/g)) {
    const target = raw.replaceAll('&amp;', '&');
    if (/^(https?:|mailto:)/.test(target)) {
      elsewhere.add(target);
      continue;
    }
    if (target === '' || target.startsWith('data:')) continue;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), decodeURI(path.replace(/\?.*$/, '')));
    if (!existsSync(file) || statSync(file).isDirectory())
      wrong.push(`${relative(site, page)}: ${target} is not there`);
    else if (anchor && file.endsWith('.html') && !ids(file).has(decodeURIComponent(anchor)))
      wrong.push(`${relative(site, page)}: ${target} has no such anchor`);
  }
}
if (process.argv.includes('--list')) console.log([...elsewhere].sort().join('\n'));
for (const text of wrong) console.error(text);
console.log(`${pages.length} pages, ${wrong.length} dead links`);
if (pages.length === 0 || wrong.length > 0) process.exitCode = 1;
