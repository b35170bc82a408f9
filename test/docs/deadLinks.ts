import { posix } from 'node:path';

/** The anchor that a heading has on the pages of repositories, and in the API pages. */
export function anchorOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

/** The text without code: it may look like a link. */
function prose(text: string): string {
  return text
    .replaceAll(/^ *```[^]*?^ *```/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()"]/g, ''));
}

/** Links and pictures of Markdown files that lead nowhere. */
export function deadLinks(
  names: readonly string[],
  read: (name: string) => string,
  has: (name: string) => boolean,
): string[] {
  const anchors = (name: string): Set<string> =>
    new Set(
      Array.from(
        read(name)
          .replaceAll(/^```[^]*?^```/gm, '')
          .matchAll(/^#+ (.*)$/gm),
        ([, heading]) => anchorOf(heading!),
      ),
    );
  return names.flatMap((name) => {
    const text = prose(read(name));
    const targets = [
      ...Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target!),
      ...Array.from(text.matchAll(/(?:href|src)="([^"]+)"/g), ([, target]) => target!),
    ];
    return targets.flatMap((target) => {
      if (/^(https?:|mailto:)/.test(target)) return [];
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? name : posix.join(posix.dirname(name), path);
      if (!has(file)) return [`${name}: ${target}`];
      return anchor !== undefined && file.endsWith('.md') && !anchors(file).has(anchor) ? [`${name}: ${target}`] : [];
    });
  });
}
