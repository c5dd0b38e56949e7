// What machines read: links, sitemaps, feeds, robots.
import { XMLValidator } from 'fast-xml-parser';
import { parseAtomFeed } from 'feedsmith';
import { request } from '../lib/http.mjs';

/** Every internal link answers 200, or 301 to a page that does; a fragment names an id of its page. */
export function links({ pages }) {
  const problems = [];
  for (const { url, answer, from, fragments, page } of pages.values()) {
    const whence = [...from].slice(0, 2).join(', ');
    const { status, headers } = answer;
    const target = status === 301 && pages.get(new URL(headers.location ?? '', url).href);
    const fine = status === 200 || (target && target.answer.status === 200);
    if (!fine) problems.push(`${url} answers ${status} (linked from ${whence})`);
    if (page) {
      const missing = [...fragments].filter((fragment) => fragment !== 'top' && !page.ids.has(fragment));
      for (const fragment of missing) problems.push(`${url} has no #${fragment} (linked from ${whence})`);
    }
  }
  return problems;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** A site's sitemap: well-formed, small, absolute addresses of its own host once each, all answering, every document listed. */
export function sitemap({ origin, listed }, { pages, maps }) {
  const problems = [];
  const expect = (holds, sentence) => holds || problems.push(sentence);
  for (const map of maps.filter(({ url }) => url.startsWith(`${origin}/`))) {
    const formed = XMLValidator.validate(map.text);
    expect(map.status === 200 && formed === true, `${map.url}: status ${map.status} ${formed === true ? '' : JSON.stringify(formed)}`);
    expect(/^(application|text)\/xml/.test(map.headers['content-type'] ?? ''), `${map.url} is ${map.headers['content-type']}`);
    expect(map.bytes.length <= 50 * 1024 * 1024, `${map.url} is over 50 MB`);
  }
  const seen = new Set();
  for (const { loc, lastmod, from } of listed) {
    expect(loc.startsWith(`${origin}/`), `${from} lists ${loc} of another host`);
    expect(!seen.has(loc), `${loc} is listed twice`);
    expect(lastmod === undefined || INSTANT.test(lastmod), `lastmod ${lastmod} of ${loc}`);
    expect(pages.get(loc)?.answer.status === 200, `${loc} answers ${pages.get(loc)?.answer.status}`);
    seen.add(loc);
  }
  for (const { url, answer, kind } of pages.values()) {
    const wanted = kind === 'document' && answer.status === 200 && url.startsWith(`${origin}/`);
    expect(!wanted || seen.has(url), `${url} is not in the sitemap`);
  }
  return problems;
}

/** The page that an address leads to; its fragment has to be there. */
const led = (pages, address) => {
  const [href, fragment] = (address ?? '').split('#');
  const found = pages.get(href);
  return !fragment || found?.page?.ids.has(decodeURIComponent(fragment)) ? found : undefined;
};

/** An Atom feed: well-formed, parsed, stable and unique ids, entries that answer, newest first. */
export function feed({ url, answer }, { pages }) {
  const problems = [];
  const expect = (holds, sentence) => holds || problems.push(sentence);
  expect(/^application\/atom\+xml/.test(answer.headers['content-type'] ?? ''), `content-type is ${answer.headers['content-type']}`);
  const formed = XMLValidator.validate(answer.text);
  expect(formed === true, JSON.stringify(formed));
  const parsed = parseAtomFeed(answer.text);
  expect(parsed.id && parsed.title && parsed.updated, 'id, title or updated is missing');
  expect(parsed.links?.some((link) => link.rel === 'self' && link.href === url), 'no link to itself');
  const entries = parsed.entries ?? [];
  expect(new Set(entries.map(({ id }) => id)).size === entries.length, 'ids repeat');
  for (const entry of entries) {
    expect(/^(tag:|urn:|https?:)/.test(entry.id ?? ''), `entry id ${entry.id}`);
    const link = entry.links?.find(({ rel }) => !rel || rel === 'alternate')?.href;
    expect(led(pages, link)?.answer.status === 200, `${entry.id} leads to ${link}`);
    expect(INSTANT.test(String(entry.updated)), `${entry.id} updated ${entry.updated}`);
  }
  const published = entries.map(({ published }) => Date.parse(published));
  expect(published.every((instant, at) => at === 0 || instant <= published[at - 1]), 'entries are not newest first');
  return problems;
}

const FEED_MEMBERS = ['version', 'title', 'home_page_url', 'feed_url', 'language', 'items'];

/** The JSON beside a page: named once in its head, of its type, of its address; a JSON Feed beside columns and their months. */
export function data({ url, kind, page }, { pages }) {
  const problems = [];
  const expect = (holds, sentence) => holds || problems.push(sentence);
  const named = page.rel.filter(({ rel, type }) => rel === 'alternate' && /json/.test(type));
  expect(named.length === 1, `names ${named.length} JSON`);
  const twin = named.length === 1 && pages.get(new URL(named[0].href, url).href);
  if (!twin) return problems;
  const { status, headers, text } = twin.answer;
  expect(status === 200 && headers['content-type'] === `${named[0].type}; charset=utf-8`, `${twin.url} answers ${status}, ${headers['content-type']}`);
  expect(headers['access-control-allow-origin'] === '*', `${twin.url} is closed to scripts`);
  const json = JSON.parse(text);
  const isFeed = ['column', 'month', 'answers', 'answers-month'].includes(kind);
  expect(named[0].type === (isFeed ? 'application/feed+json' : 'application/json'), `${twin.url} is ${named[0].type}`);
  const { origin, pathname } = new URL(url);
  expect((isFeed ? json.home_page_url : json.url) === origin + pathname, `${twin.url} is of another page`);
  const { provenance } = (isFeed ? json._taihu : json) ?? {};
  // A page is made of the rows of banners too, and a feed of departments' names: their digests differ.
  const isOfPage = provenance?.stream === page.meta['taihu:stream'] && String(provenance?.version) === page.meta['taihu:version'];
  expect(isOfPage, `${twin.url} is of other rows than its page`);
  if (!isFeed) return problems;
  for (const member of FEED_MEMBERS) expect(json[member] !== undefined, `${twin.url} has no ${member}`);
  expect(json.version === 'https://jsonfeed.org/version/1.1', `${twin.url} is of version ${json.version}`);
  expect(json.feed_url === twin.url, `${twin.url} calls itself ${json.feed_url}`);
  const items = json.items ?? [];
  expect(new Set(items.map(({ id }) => id)).size === items.length, `${twin.url}: ids repeat`);
  for (const item of items) {
    expect(item.id && item.content_text && item.authors?.[0]?.name, `${twin.url}: an item without id, content or author`);
    expect(led(pages, item.url)?.answer.status === 200, `${twin.url} leads to ${item.url}`);
    for (const instant of [item.date_published, item.date_modified]) expect(instant === undefined || INSTANT.test(instant), `${twin.url}: ${instant}`);
  }
  return problems;
}

/** A table: CSV with a byte order mark, open to scripts, saved under a name, as many fields in each line. */
export function table({ url, answer }) {
  const problems = [];
  const expect = (holds, sentence) => holds || problems.push(sentence);
  const { status, headers, bytes } = answer;
  expect(status === 200 && headers['content-type'] === 'text/csv; charset=utf-8', `${url} answers ${status}, ${headers['content-type']}`);
  expect(headers['access-control-allow-origin'] === '*', `${url} is closed to scripts`);
  expect(/^attachment; filename=/.test(headers['content-disposition'] ?? ''), `${url} has no name to be saved under`);
  expect(bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])), `${url} has no byte order mark`);
  const lines = bytes.toString('utf8').split('\r\n').filter(Boolean);
  const fields = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, '').split(',').length);
  expect(lines.length > 1 && new Set(fields).size === 1, `${url} has lines of ${[...new Set(fields)]} fields`);
  return problems;
}

/** robots.txt is plain text and names the sitemap. */
export async function robots(origin) {
  const answer = await request(`${origin}/robots.txt`);
  const fine = answer.status === 200 && /^text\/plain/.test(answer.headers['content-type'] ?? '') && answer.text.includes(`Sitemap: ${origin}/sitemap.xml`);
  return fine ? [] : [`status ${answer.status}, ${answer.headers['content-type']}: ${answer.text.slice(0, 200)}`];
}
