// Finds every page of the city: home, site map, sitemaps, and every link from there, on every site.
import { XMLParser } from 'fast-xml-parser';
import { each, request } from './http.mjs';
import { read } from './html.mjs';

const xml = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'url' || name === 'sitemap' });
/** Whether an address is that of a file: its host is no site, and what lies there is no page. */
export const isFile = (url) => new URL(url).hostname.split('.')[0] === 'files';
const isHtml = (answer) => (answer.headers['content-type'] ?? '').startsWith('text/html');

/** The locations of a sitemap, its parts followed; `seen` collects every answer. */
export async function sitemap(url, seen) {
  const answer = await request(url);
  seen.push(answer);
  if (answer.status !== 200) return [];
  const document = xml.parse(answer.text);
  const parts = (document.sitemapindex?.sitemap ?? []).map((part) => String(part.loc));
  const below = await each(parts, 4, (part) => sitemap(part, seen));
  const own = (document.urlset?.url ?? []).map((entry) => ({ loc: String(entry.loc), lastmod: entry.lastmod && String(entry.lastmod), from: url }));
  return [...own, ...below.flat()];
}

/** All pages, by URL without fragment, with the pages that lead there. */
export async function crawl(base) {
  const { protocol, host } = new URL(base);
  const domain = host.slice(host.indexOf('.') + 1);
  const ours = (url) => url.protocol === protocol && (url.host === domain || url.host.endsWith(`.${domain}`));
  const pages = new Map();
  const sites = new Map();
  const maps = [];
  let frontier = [new URL('/', base).href];
  const meet = (href, from, next) => {
    const url = new URL(href, from);
    if (!ours(url) || /^\/(api|form)\/|^\/search(\.xml)?$/.test(url.pathname)) return;
    const fragment = url.hash;
    url.hash = '';
    const known = pages.get(url.href) ?? { url: url.href, from: new Set(), fragments: new Set() };
    known.from.add(from);
    if (fragment.length > 1) known.fragments.add(decodeURIComponent(fragment.slice(1)));
    if (!pages.has(url.href)) next.push(url.href);
    pages.set(url.href, known);
  };
  pages.set(frontier[0], { url: frontier[0], from: new Set(), fragments: new Set() });
  while (frontier.length > 0) {
    const next = [];
    await each(frontier, 8, async (url) => {
      const site = new URL(url).origin;
      if (!sites.has(site) && !isFile(url)) {
        const entry = { origin: site, listed: [] };
        sites.set(site, entry);
        for (const path of ['/', '/map.html', '/robots.txt']) meet(path, site, next);
        entry.listed = await sitemap(`${site}/sitemap.xml`, maps);
        for (const { loc, from } of entry.listed) meet(loc, from, next);
      }
      const known = pages.get(url);
      known.answer = await request(url);
      if (!isHtml(known.answer)) return;
      known.page = read(known.answer.text);
      for (const href of [...known.page.links, ...known.page.loads, ...known.page.rel.map((one) => one.href)]) {
        if (href && !/^(mailto|tel|data):/.test(href)) meet(href, url, next);
      }
    });
    frontier = next;
  }
  return { pages, sites: [...sites.values()], maps, domain };
}
