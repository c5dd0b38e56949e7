// node run.mjs --base http://www.localhost:PORT [--out DIR] [--gone URL] [--moved URL] [--partial] [--chromium PATH]
//
// Crawls every site of the city and holds every page to the rules for machines, and one page of every kind to the rules for people.
// Nothing links to a withdrawn or a moved document: with staff tokens in TAIHU_TEST_EDITOR, TAIHU_TEST_REVIEWER and TAIHU_TEST_PUBLISHER the
// run makes them through the API, else --gone and --moved name them. With a registrar's in TAIHU_TEST_REGISTRAR a site is archived while the run looks
// at it. --partial lets kinds be missing. Pictures of what was looked at go to DIR, if it is named.
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as chromium from './checks/chromium.mjs';
import * as headers from './checks/headers.mjs';
import * as machines from './checks/machines.mjs';
import * as markup from './checks/markup.mjs';
import * as rules from './checks/rules.mjs';
import { archive, registrar } from './lib/archive.mjs';
import { walk as walkCases } from './lib/cases.mjs';
import { crawl, isFile } from './lib/crawl.mjs';
import { walk as walkDesk } from './lib/desk.mjs';
import { walk as walkFront } from './lib/front.mjs';
import { gallery } from './lib/gallery.mjs';
import { read } from './lib/html.mjs';
import { each, request } from './lib/http.mjs';
import { EXPECTED, kindOf } from './lib/kinds.mjs';
import { Report } from './lib/report.mjs';
import { staff, walk } from './lib/road.mjs';
import { walk as walkSearch } from './lib/search.mjs';

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    out: { type: 'string' },
    gone: { type: 'string', multiple: true, default: [] },
    moved: { type: 'string', multiple: true, default: [] },
    partial: { type: 'boolean', default: false },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});
if (!options.base) {
  console.error('usage: node run.mjs --base http://www.localhost:PORT [--out DIR] [--gone URL] [--moved URL] [--partial] [--chromium PATH]');
  process.exit(2);
}
if (options.out) mkdirSync(options.out, { recursive: true });

// Pages that are looked at side by side.
const LANES = 3;

const report = new Report();
const fetchPage = async (url) => {
  const answer = await request(url);
  return { url, answer, page: read(answer.text) };
};

const tokens = staff();
if (tokens) {
  console.error('walking the road');
  const { gone, moved, pasted } = await walk(report, options.base, tokens);
  options.pasted = pasted;
  options.gone.push(...gone);
  options.moved.push(...moved);
}

let archived;
if (registrar()) {
  await report.run('road', 'archive a site', async () => {
    archived = await archive(options.base, registrar());
  });
}

console.error('crawling');
const city = await crawl(options.base);
const { pages, sites, domain } = city;
for (const known of pages.values()) known.kind = known.answer.status === 200 && known.page ? kindOf(known.url) : undefined;
const html = [...pages.values()].filter(({ answer, page }) => page && answer.status === 200);
const feeds = [...pages.values()].filter(({ url }) => new URL(url).pathname.endsWith('/feed.xml'));
const assets = [...pages.values()].filter(({ url }) => new URL(url).pathname.startsWith('/_assets/'));
const files = [...pages.values()].filter(({ url }) => isFile(url));
console.error(`${sites.length} sites, ${html.length} pages, ${feeds.length} feeds, ${assets.length} assets, ${files.length} files`);

// One page of every kind, the longest on the portal and the longest elsewhere: what is long breaks first.
const byKind = new Map();
// Documents that are about files are looked at beside the longest.
const withPictures = (known) => known.answer.text.includes('<figure class="picture">');
const withFiles = (known) => known.answer.text.includes('<section class="files"');
for (const kind of new Set(html.map((known) => known.kind).filter(Boolean))) {
  const longest = (list) => list.sort((a, b) => b.answer.bytes.length - a.answer.bytes.length)[0];
  const of = html.filter((known) => known.kind === kind && !withPictures(known));
  const portal = of.filter(({ url }) => url.startsWith(new URL(options.base).origin));
  const elsewhere = of.filter(({ url }) => !url.startsWith(new URL(options.base).origin));
  const chosen = [longest(portal), longest(elsewhere)].filter(Boolean);
  chosen.forEach((known, at) => byKind.set(at === 0 ? kind : `${kind}-elsewhere`, { ...known, status: 200 }));
}
for (const [kind, has] of [['document-pictures', withPictures], ['document-files', withFiles]]) {
  const known = html.find(has);
  if (known) byKind.set(kind, { ...known, status: 200 });
}
const special = async (kind, url, status) => byKind.set(kind, { ...(await fetchPage(url)), status });
await special('not-found', new URL('/no-such-page-anywhere.html', options.base).href, 404);
const moved = await Promise.all(options.moved.map(fetchPage));
if (archived) await special('home-archived', archived.url, 200);
if (options.pasted) await special('document-pasted', options.pasted, 200);
for (const [at, url] of options.gone.entries()) await special(at === 0 ? 'gone' : `gone-${at + 1}`, url, 410);

await report.run('every kind is there', 'city', () => {
  const missing = EXPECTED.filter((kind) => (kind === 'moved' ? moved.length === 0 : !byKind.has(kind)));
  return options.partial ? [] : missing.map((kind) => `no page of kind ${kind} was found`);
});
await report.run('every page is of a known kind', 'city', () => html.filter((known) => !known.kind && !known.url.endsWith('/404.html')).map(({ url }) => url));
await report.run('links', 'city', () => machines.links(city));
await report.run('titles', 'city', () => rules.titles(html.filter(({ kind }) => kind === 'document')));
for (const site of sites) {
  await report.run('sitemap', site.origin, () => machines.sitemap(site, city));
  await report.run('robots', site.origin, () => machines.robots(site.origin));
}
for (const known of feeds) await report.run('feed', known.url, () => machines.feed(known, city));
const withData = html.filter(({ kind }) => kind);
for (const known of withData) await report.run('data', known.url, () => machines.data(known, city));
const tables = [...pages.values()].filter(({ url }) => !isFile(url) && new URL(url).pathname.endsWith('.csv'));
for (const known of tables) await report.run('table', known.url, () => machines.table(known));
for (const known of assets) await report.run('asset', known.url, () => headers.asset(known.answer));
for (const { url, answer } of moved) {
  await report.run('moved', url, async () => {
    const { status, headers: sent } = answer;
    const target = sent.location && (await request(new URL(sent.location, url).href));
    return status === 301 && target?.status === 200 ? [] : [`answers ${status} to ${sent.location}, which answers ${target?.status}`];
  });
}
for (const known of files) await report.run('file', known.url, () => headers.file(known.answer));
const answers = [...pages.values()].filter(({ url }) => !isFile(url));
for (const known of answers) await report.run('security', known.url, () => headers.security(known.answer));
for (const known of withData) await report.run('rules', known.url, () => rules.page(known.kind, known));

console.error('working at the desk');
const desks = await chromium.launch(options.chromium);
const desk = options.partial ? { seen: [] } : await walkDesk(report, desks, options.base);
console.error('at the front door');
const front = await walkFront(report, desks, options.base);
if (!front.offered) console.error('  this city takes no forms');
console.error('following cases');
const cases = options.partial ? { seen: [] } : await walkCases(report, desks, options.base);
console.error('searching');
const search = await walkSearch(report, desks, options.base);
await desks.close();
const golden = gallery(options.base, [...desk.seen, ...front.seen, ...html.map(({ answer }) => ({ html: answer.text }))].map((page) => page.html));

console.error('checking markup');
const checker = await markup.start();
try {
  const subjects = [...html, ...moved, ...[...byKind.values()].filter(({ status }) => status !== 200)];
  await each([...desk.seen, ...front.seen, ...cases.seen, ...search.seen, ...golden], LANES, ({ name, html }) => report.run('walked vnu', name, async () => (await checker.check(html)).filter(markup.isInALanguage(name))));
  await each(subjects, LANES, ({ url, answer }) => report.run('vnu', url, () => checker.check(answer.text)));
} finally {
  checker.stop();
}

console.error('looking in Chromium');
const browser = await chromium.launch(options.chromium);
try {
  await each([...byKind], LANES, async ([kind, { url, status, answer }]) => {
    await report.run('security', `${kind} ${url}`, () => headers.security(answer));
    if (status === 200) await report.run('caching', `${kind} ${url}`, () => headers.caching(url));
    await report.run('in Chromium', `${kind} ${url}`, () => chromium.inspect(report, browser, { kind, url, status, domain, out: options.out }));
    console.error(`  ${kind}`);
  });
  // One of each sort: what differs only in its number looks the same.
  const sorts = new Map([...desk.seen, ...cases.seen].map((page) => [page.name.replace(/-\d+$/, ''), page]));
  await each([...sorts.values(), ...front.seen, ...search.seen], LANES, (page) => chromium.inspectWalked(report, browser, page, options.out));
  await each(golden, LANES, (page) => chromium.inspectGolden(report, browser, page, options.out));
  console.error(`  ${golden.length} golden pages`);
  console.error(`  ${sorts.size} pages of the desk and of cases, ${front.seen.length} of the front door, ${search.seen.length} of the search`);
} finally {
  await browser.close();
}

if (archived) await report.run('road', 'make it live again', archived.restore);

report.print();
process.exitCode = report.failed.length > 0 ? 1 : 0;
