// Which kind of page a URL is, by the shapes that docs/ARCHITECTURE.md gives.

const KINDS = [
  ['home', /^\/$/],
  ['map', /^\/map\.html$/],
  ['department', /^\/bm\/[a-z0-9-]+\/$/],
  ['answers', /^\/zhaocuo\/$/],
  ['answers-month', /^\/zhaocuo\/\d{4}-\d{2}\.html$/],
  ['statistics', /^\/tongji\/$/],
  ['statistics-month', /^\/tongji\/\d{4}-\d{2}\.html$/],
  ['catalogue', /^\/gkml\/$/],
  ['catalogue-list', /^\/gkml\/(bm|zt|tc|nf)\/[a-z0-9-]+\/$/],
  ['catalogue-part', /^\/gkml\/(bm|zt|tc|nf)\/[a-z0-9-]+\/\d{4}-\d{2}(-\d{2})?\.html$/],
  ['coverage', /^\/gkfg\/$/],
  ['coverage-of-department', /^\/gkfg\/[a-z0-9-]+\/$/],
  ['guide', /^\/gkzn\/$/],
  ['reports', /^\/gknb\/$/],
  ['report', /^\/gknb\/\d{4}\/([a-z0-9-]+\/)?$/],
  ['document', /\/\d{4}\/\d{2}\/\d{2}\/[a-z0-9-]+\.html$/],
  ['history', /\/\d{4}\/\d{2}\/\d{2}\/[a-z0-9-]+\.history\.html$/],
  ['month', /\/\d{4}-\d{2}(-\d{2})?\.html$/],
  ['column', /^\/([a-z0-9-]+\/){1,6}$/],
];

/** Kinds that every whole city has. */
export const EXPECTED = ['home', 'column', 'month', 'document', 'history', 'department', 'map', 'statistics', 'coverage', 'coverage-of-department', 'guide', 'reports', 'report', 'not-found', 'gone', 'moved', 'document-pictures', 'document-files'];

/** The kind of a page that answered 200, or nothing if it is of no known kind. */
export const kindOf = (url) => KINDS.find(([, shape]) => shape.test(new URL(url).pathname))?.[0];
