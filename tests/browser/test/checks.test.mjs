// Every check is shown something broken: a check that cannot fail proves nothing.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as chromium from '../checks/chromium.mjs';
import * as headers from '../checks/headers.mjs';
import * as machines from '../checks/machines.mjs';
import * as markup from '../checks/markup.mjs';
import * as rules from '../checks/rules.mjs';
import { crawl } from '../lib/crawl.mjs';
import { assets, gallery, unpacked } from '../lib/gallery.mjs';
import { read } from '../lib/html.mjs';
import { kindOf } from '../lib/kinds.mjs';
import { Report } from '../lib/report.mjs';

const BAD = `<!doctype html><html><head><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,">
<style>a{outline:none!important}.off{position:absolute;left:-999px}</style></head><body><h2>a</h2><img src="/x.png">
<a href="#nowhere">跳</a><a href="/broken">b</a><a class="off" href="/">o</a><div style="width:2000px">w</div>
<p id="p" style="color:#ccc;background:#fff">灰</p><script>console.error('noise');document.getElementById('p').textContent='改'</script></body></html>`;
const SLOW = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>慢</title><link rel="icon" href="data:,"><style>
body{color:#111;background:#fff;transition:color 60s}
@media (prefers-color-scheme:dark){body{color:#eee;background:#111}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}</style></head><body><main><h1>慢</h1><p>颜色慢慢地变。</p></main></body></html>`;
const SITEMAP = '<?xml version="1.0"?><urlset><url><loc>http://other.example/</loc><lastmod>yesterday</lastmod></url></urlset>';

let server;
let base;
before(async () => {
  server = createServer((request, answer) => {
    const [status, type, body] = { '/': [200, 'text/html', BAD], '/sitemap.xml': [200, 'text/plain', SITEMAP], '/feed.xml': [200, 'text/xml', '<feed>'] }[request.url] ?? [404, 'text/plain', ''];
    answer.writeHead(status, { 'content-type': type });
    answer.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://www.localhost:${server.address().port}`;
});
after(() => server.close());

const has = (problems, part) => assert.ok(problems.some((problem) => problem.includes(part)), `${part} is not among: ${problems.join('\n')}`);

test('kinds follow the shapes of addresses', () => {
  const at = (path) => kindOf(`http://www.localhost:1${path}`);
  assert.equal(at('/'), 'home');
  assert.equal(at('/zwgk/tzgg/'), 'column');
  assert.equal(at('/zwgk/tzgg/2026-11.html'), 'month');
  assert.equal(at('/zwgk/tzgg/2026-11-21.html'), 'month');
  assert.equal(at('/zwgk/tzgg/2026/11/23/water.html'), 'document');
  assert.equal(at('/zwgk/tzgg/2026/11/23/water.history.html'), 'history');
  assert.equal(at('/bm/jyj/'), 'department');
  assert.equal(at('/map.html'), 'map');
  assert.equal(at('/tongji/'), 'statistics');
  assert.equal(at('/tongji/2026-11.html'), 'statistics-month');
  assert.equal(at('/gkml/'), 'catalogue');
  assert.equal(at('/gkfg/'), 'coverage');
  assert.equal(at('/gkfg/jyj/'), 'coverage-of-department');
  assert.equal(at('/gkzn/'), 'guide');
  assert.equal(at('/gknb/'), 'reports');
  assert.equal(at('/gknb/2026/'), 'report');
  assert.equal(at('/gknb/2026/jyj/'), 'report');
  assert.equal(at('/gkml/tc/public-notice/'), 'catalogue-list');
  assert.equal(at('/gkml/nf/2026/2026-11-23.html'), 'catalogue-part');
  assert.equal(at('/other.html'), undefined);
});

test('missing headers, caching and compression are named', async () => {
  const problems = headers.security({ headers: { 'content-security-policy': "default-src 'none' 'unsafe-inline'" } });
  assert.equal(problems.length, 7);
  const caching = await headers.caching(`${base}/`);
  for (const part of ['content-type', 'cache-control', 'etag', 'if-none-match', 'br', 'gzip', 'vary', 'POST']) has(caching, part);
  assert.equal(headers.asset({ status: 200, headers: {} }).length, 1);
});

test('broken links, fragments, sitemaps, feeds and robots are named', async () => {
  const city = await crawl(base);
  const links = machines.links(city);
  has(links, '/broken answers 404');
  has(links, 'no #nowhere');
  const sitemap = machines.sitemap(city.sites[0], { ...city, pages: new Map([['u', { url: `${base}/a`, kind: 'document', answer: { status: 200 } }]]) });
  for (const part of ['another host', 'yesterday', 'is text/plain', 'not in the sitemap']) has(sitemap, part);
  await assert.rejects(async () => machines.feed({ url: `${base}/feed.xml`, answer: { headers: {}, text: 'no feed' } }, city));
  const feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>x</id><updated>2026-11-01T00:00:00Z</updated></entry><entry><id>x</id></entry></feed>';
  const problems = machines.feed({ url: base, answer: { headers: {}, text: feed } }, city);
  for (const part of ['content-type', 'id, title or updated', 'no link to itself', 'ids repeat', 'entry id x', 'leads to']) has(problems, part);
  assert.equal((await machines.robots(base)).length, 1);
});

test('a table that is none is named', () => {
  const table = (bytes, headers) => machines.table({ url: `${base}/a.csv`, answer: { status: 200, headers, bytes: Buffer.from(bytes) } });
  const problems = table('a,b\r\nc\r\n', { 'content-type': 'text/plain' });
  for (const part of ['text/plain', 'closed to scripts', 'no name', 'byte order mark', 'lines of 2,1 fields']) has(problems, part);
  const headers = { 'content-type': 'text/csv; charset=utf-8', 'access-control-allow-origin': '*', 'content-disposition': 'attachment; filename="file.csv"' };
  assert.deepEqual(table('\ufeffa,b\r\n"c, ""d""",e\r\n', headers), []);
});

test('JSON that is missing, closed, of another page or no feed is named', () => {
  const page = (type) => ({ rel: [{ rel: 'alternate', type, href: '/index.json' }], meta: { 'taihu:digest': 'a', 'taihu:stream': 'column:www.a' } });
  const city = (type, json) => ({ pages: new Map([[`${base}/index.json`, { url: `${base}/index.json`, answer: { status: 200, headers: { 'content-type': type }, text: JSON.stringify(json) } }]]) });
  has(machines.data({ url: `${base}/`, kind: 'home', page: { rel: [], meta: {} } }, { pages: new Map() }), 'names 0 JSON');
  const own = machines.data({ url: `${base}/`, kind: 'home', page: page('application/json') }, city('text/html', { url: `${base}/other` }));
  for (const part of ['text/html', 'closed to scripts', 'another page', 'other rows']) has(own, part);
  const feed = { items: [{ id: 'x', date_modified: 'yesterday' }, { id: 'x' }] };
  const problems = machines.data({ url: `${base}/`, kind: 'column', page: page('application/json') }, city('application/json', feed));
  for (const part of ['is application/json', 'no version', 'of version', 'calls itself', 'ids repeat', 'without id', 'leads to', 'yesterday', 'other rows']) has(problems, part);
});

test('what the guidelines ask of a page is missed', () => {
  const problems = rules.page('document', { url: `${base}/`, answer: { status: 200, text: BAD }, page: read(BAD) });
  for (const part of ['meta SiteName', 'PubDate', 'lacks 找错', 'lang is', 'one h1', 'canonical', 'structured data']) has(problems, part);
  const twin = { url: `${base}/a`, page: { title: 'same' } };
  assert.equal(rules.titles([twin, { ...twin, url: `${base}/b` }]).length, 1);
});

test('the markup checker finds errors and warnings', async () => {
  const checker = await markup.start();
  try {
    has(await checker.check(BAD), 'alt');
  } finally {
    checker.stop();
  }
});

test('the browser sees noise, width, contrast, lost focus and what only script shows', async () => {
  const report = new Report();
  const browser = await chromium.launch(process.env.CHROMIUM ?? '/usr/bin/chromium');
  try {
    await chromium.inspect(report, browser, { kind: 'bad', url: `${base}/`, status: 410, domain: 'elsewhere', out: mkdtempSync(path.join(tmpdir(), 'taihu-')) });
  } finally {
    await browser.close();
  }
  const failed = new Set(report.failed.map(({ check }) => check));
  for (const check of ['status wide', 'console wide', 'axe wide', 'axe dark', 'width phone', 'width 320', 'weight', 'keyboard', 'no script']) {
    assert.ok(failed.has(check), `${check} did not fail`);
  }
});

test('pages that somebody walked by and golden ones are seen as they came', async () => {
  const report = new Report();
  const out = mkdtempSync(path.join(tmpdir(), 'taihu-'));
  const browser = await chromium.launch(process.env.CHROMIUM ?? '/usr/bin/chromium');
  try {
    await chromium.inspectWalked(report, browser, { name: 'bad', html: BAD, url: `${base}/walked` }, out);
    await chromium.inspectGolden(report, browser, { name: 'bad', html: BAD, url: `${base}/golden` }, out);
  } finally {
    await browser.close();
  }
  const failed = new Set(report.failed.map(({ check }) => check));
  for (const check of ['walked axe wide', 'walked width phone', 'walked keyboard', 'golden axe', 'golden width']) assert.ok(failed.has(check), `${check} did not fail`);
});

test('colours of the dark are measured when they have come', async () => {
  const report = new Report();
  const browser = await chromium.launch(process.env.CHROMIUM ?? '/usr/bin/chromium');
  try {
    await chromium.inspectWalked(report, browser, { name: 'slow', html: SLOW, url: `${base}/slow` });
  } finally {
    await browser.close();
  }
  assert.deepEqual(report.failed.filter(({ check }) => check.startsWith('walked axe')), []);
});

test('golden pages of desk and sites are found, and name the assets of today', () => {
  const named = assets(['<link href="/api/desk/style.0123456789ab.css">']);
  const shown = unpacked('---\nexpression: x\n---\n200 OK\n<!doctype html>\n<link href="/api/desk/style.HASH.css"><link href="/other.HASH.css">', named);
  assert.equal(shown, '<!doctype html>\n<link href="/api/desk/style.0123456789ab.css"><link href="/other.HASH.css">');
  const names = gallery('http://www.localhost:1', []).map(({ name }) => name);
  for (const name of ['golden-desk-share', 'golden-desk-act-schedule', 'golden-www-kind-question', 'golden-www-front-act']) assert.ok(names.includes(name), `${name} is not in the gallery`);
});
