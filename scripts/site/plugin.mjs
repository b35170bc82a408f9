// What the API pages need beside TypeDoc: categories by the folder of a function, options shown on the page of each function, links in
// the bar at the top, and a landing page of its own layout.
import { Comment, CommentTag, Converter, PageEvent, ReflectionKind } from 'typedoc';

/** The first match counts. Sources of a reflection's name, relative to src/. */
const CATEGORIES = [
  [/^sources\/(fromPull|fromSub|fromIterable)/, 'Sources and sinks'],
  [/^sinks\//, 'Sources and sinks'],
  [/^sources\/reply|^operators\/request|^endpoints\/requests/, 'Requests'],
  [
    /^operators\/(align|convertSamples|gaps|markGaps|pace|reblock|stats|fresh)|^operators\/flows\/(Align|Gap|Pace|Reblock|Stats|Histogram|Sequence)/,
    'Signals',
  ],
  [/^operators\/|^rx\/|^demand\//, 'Operators with back-pressure'],
  [/^(frame|samples|time)\//, 'Frames and samples'],
  [/^(codecs|dpstream)\//, 'Codecs'],
  [/^sockets\//, 'Sockets'],
  [/^security\//, 'Security'],
  [/^errors|\/errors/, 'Errors'],
  [/^endpoints\/status|^driver\/SocketStatus/, 'Status'],
  [/^endpoints\/|^driver\/|^options\//, 'Options'],
];

/** In the bar at the top, by the path from the root of the site. */
const LINKS = [
  ['Guides', 'documents/Getting_started.html'],
  ['API', 'modules/index.html'],
  ['Recipes', 'documents/Sockets.html#recipes'],
  ['Changes', 'documents/CHANGELOG.html'],
];

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const reflection of context.project.getReflectionsByKind(ReflectionKind.All)) {
      if (reflection.kindOf(ReflectionKind.Interface | ReflectionKind.TypeAlias) && /Options$/.test(reflection.name)) {
        reflection.comment ??= new Comment();
        reflection.comment.modifierTags.add('@expand');
      }
      if (reflection.parent?.name === 'index' || reflection.parent === context.project)
        categorize(context.project, reflection);
    }
  });
  // The names of an entry point that speaks of those of `rxzmq` without importing them.
  app.converter.addUnknownSymbolResolver((reference, reflection) => {
    const [name, ...others] = reference.symbolReference?.path ?? [];
    if (reference.moduleSource !== undefined || name === undefined || others.length > 0) return undefined;
    const target = reflection.project.getChildByName(['index', name.path]);
    return target && { target };
  });
  app.renderer.on(PageEvent.END, (page) => {
    if (page.contents === undefined) return;
    const up = '../'.repeat(page.url.split('/').length - 1);
    const links = LINKS.map(([name, url]) => `<a href="${up}${url}">${name}</a>`).join('');
    page.contents = page.contents.replace('<div id="tsd-toolbar-links">', `<div id="tsd-toolbar-links">${links}`);
    if (page.url === 'index.html') page.contents = page.contents.replace('<body>', '<body class="landing">');
  });
}

function categorize(project, reflection) {
  const { fileName } = project.getSymbolIdFromReflection(reflection) ?? {};
  const path = fileName?.replaceAll('\\', '/').replace(/^.*\/src\//, '');
  const [, category] = CATEGORIES.find(([pattern]) => path !== undefined && pattern.test(path)) ?? [];
  if (category === undefined) return;
  const targets = reflection.signatures ?? [reflection];
  for (const target of targets) {
    target.comment ??= new Comment();
    if (target.comment.getTag('@category')) continue;
    target.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: category }]));
  }
}
