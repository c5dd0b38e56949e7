// What the national guidelines and the house ask of a page's source (发展指引 annex, footer, dates), and of its outline.

const ALWAYS = ['SiteName', 'SiteDomain', 'SiteIDCode'];
const COLUMN = [...ALWAYS, 'ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'];
const REQUIRED = {
  column: COLUMN,
  answers: COLUMN,
  'answers-month': COLUMN,
  statistics: COLUMN,
  'statistics-month': COLUMN,
  document: [...ALWAYS, 'ColumnName', 'ArticleTitle', 'PubDate', 'ContentSource'],
};
const FOOTER = ['党政机关', '找错', '网站标识码', '主办单位', 'ICP备', '公网安备', '站点地图'];

/** Meta tags, footer, language, headings, canonical address, structured data. */
export function page(kind, { url, answer, page: source }) {
  const problems = [];
  const expect = (holds, sentence) => holds || problems.push(sentence);
  const { meta, footer, headings, lang, title, data, rel } = source;
  // A migrated document whose source tells no date says so, and is given none.
  const undated = kind === 'document' && /class="byline"><span>日期不详</.test(answer.text);
  for (const name of REQUIRED[kind] ?? ALWAYS) expect(meta[name] || (undated && name === 'PubDate'), `no meta ${name}`);
  expect(/^(\d{10}|bm\d{8})$/.test(meta.SiteIDCode ?? ''), `SiteIDCode is ${meta.SiteIDCode}`);
  if (kind === 'document' && !undated) expect(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/.test(meta.PubDate ?? ''), `PubDate is ${meta.PubDate}`);
  for (const word of FOOTER) expect(footer.includes(word), `the footer lacks ${word}`);
  // Errors of a page are reported as errors of that page.
  for (const href of source.links.filter((link) => link.startsWith('/form/letter/correction?'))) {
    const { searchParams } = new URL(href, url);
    const here = new URL(url).origin + new URL(url).pathname;
    expect(searchParams.get('page') === here, `errors are reported of ${searchParams.get('page')}`);
  }
  expect(/^zh(-|$)/.test(lang), `lang is ${lang}`);
  expect(title.length > 0, 'no title');
  expect(headings.filter(({ level }) => level === 1).length === 1, 'not exactly one h1');
  headings.forEach(({ level }, at) => expect(at === 0 || level <= headings[at - 1].level + 1, `h${level} follows h${headings[at - 1]?.level}`));
  if (answer.status === 200) {
    const canonical = rel.filter((one) => one.rel === 'canonical').map((one) => one.href);
    // A query names no other page.
    const { origin, pathname } = new URL(url);
    expect(canonical.length === 1 && new URL(canonical[0], url).href === origin + pathname, `canonical is ${canonical}`);
  }
  for (const text of data) {
    const parsed = JSON.parse(text);
    expect(parsed['@context'] || parsed['@graph'], 'structured data without @context');
  }
  expect(data.length > 0, 'no structured data');
  expect(Buffer.byteLength(answer.text) < 300_000, `${Buffer.byteLength(answer.text)} bytes of HTML`);
  expect(!/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/.test(answer.text), 'control characters in the page');
  return problems;
}

/** No two documents of a site carry the same title tag. */
export function titles(pages) {
  const seen = new Map();
  for (const { url, page: source } of pages) {
    const key = `${new URL(url).origin} ${source.title}`;
    seen.set(key, [...(seen.get(key) ?? []), url]);
  }
  return [...seen].filter(([, urls]) => urls.length > 1).map(([key, urls]) => `${key}: ${urls.join(' ')}`);
}
