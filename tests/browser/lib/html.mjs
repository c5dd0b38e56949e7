// What the checks ask of a page's source, read by a parser that follows the HTML standard.
import { parse } from 'parse5';

function* elements(node) {
  if (node.tagName) yield node;
  for (const child of node.childNodes ?? []) yield* elements(child);
  if (node.content) yield* elements(node.content);
}

const attribute = (element, name) => element.attrs.find((one) => one.name === name)?.value;
const textOf = (node) => (node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(textOf).join(''));

/** Links, loads, ids, metadata, headings and text of a page. */
export function read(source) {
  const page = { links: [], loads: [], ids: new Set(), meta: {}, rel: [], headings: [], lang: '', title: '', data: [], footer: '', times: [] };
  for (const element of elements(parse(source))) {
    const { tagName } = element;
    const at = (name) => attribute(element, name);
    if (at('id')) page.ids.add(at('id'));
    if (tagName === 'html') page.lang = at('lang') ?? '';
    if (tagName === 'title' && !page.title) page.title = textOf(element).trim();
    if (tagName === 'meta' && at('name')) page.meta[at('name')] = at('content') ?? '';
    if ((tagName === 'a' || tagName === 'area') && at('href') !== undefined) page.links.push(at('href'));
    if (tagName === 'link') page.rel.push({ rel: at('rel') ?? '', type: at('type') ?? '', href: at('href') ?? '' });
    if (['img', 'script', 'source', 'iframe', 'video', 'audio'].includes(tagName) && at('src')) page.loads.push(at('src'));
    if (/^h[1-6]$/.test(tagName)) page.headings.push({ level: Number(tagName[1]), text: textOf(element).trim() });
    if (tagName === 'script' && at('type') === 'application/ld+json') page.data.push(textOf(element));
    if (tagName === 'footer') page.footer += textOf(element);
    if (tagName === 'time') page.times.push(at('datetime') ?? '');
  }
  return page;
}
