// The road a fact travels, walked from outside: commands through the API, then the page a citizen reads.
import { randomUUID } from 'node:crypto';
import { read } from './html.mjs';
import { request } from './http.mjs';
import { kindOf } from './kinds.mjs';

const PATIENCE = 20_000;

/** Tokens of the three hands a document passes through, from the environment; nothing if one is missing. */
export function staff(env = process.env) {
  const { TAIHU_TEST_EDITOR: editor, TAIHU_TEST_REVIEWER: reviewer, TAIHU_TEST_PUBLISHER: publisher } = env;
  return editor && reviewer && publisher ? { editor, reviewer, publisher } : undefined;
}

/** Sends commands about one document, each with the version the last answer named. */
class Document {
  constructor(base, tokens) {
    Object.assign(this, { base, tokens, version: undefined, id: undefined, last: undefined });
  }

  async send(role, method, path, body) {
    const headers = { authorization: `Bearer ${this.tokens[role]}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    if (this.version !== undefined) headers['if-match'] = `"${this.version}"`;
    const url = new URL(`/api/publish/documents${this.id ? `/${this.id}` : ''}${path}`, this.base).href;
    const answer = await request(url, { method, headers, body: JSON.stringify(body) });
    if (answer.status >= 300 || answer.status === 0) throw new Error(`${method} ${url} answers ${answer.status}: ${answer.text.slice(0, 500)}`);
    this.last = JSON.parse(answer.text);
    this.id = this.last.id;
    this.version = this.last.version;
    return this.last;
  }

  async review() {
    const { revision } = await this.send('editor', 'POST', '/submit', {});
    await this.send('reviewer', 'POST', '/approve', { revision });
  }

  async publish(column, content, slug) {
    await this.send('editor', 'POST', '', { column, content });
    await this.review();
    return this.place(await this.send('publisher', 'POST', '/publish', { slug }));
  }

  place({ site, path }) {
    const { protocol, host } = new URL(this.base);
    return `${protocol}//${site}${host.slice(host.indexOf('.'))}${path}`;
  }
}

/** Asks until the answer is what is wanted; the milliseconds it took. */
export async function until(url, wanted, what) {
  const started = performance.now();
  let answer;
  while (performance.now() - started < PATIENCE) {
    answer = await request(url);
    if (wanted(answer)) return Math.round(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${what}: ${url} still answers ${answer.status} after ${PATIENCE / 1000} s`);
}

/** Ids of the columns that the portal's map names. */
async function columns(base) {
  const { text } = await request(new URL('/map.html', base).href);
  const urls = read(text).links.map((href) => new URL(href, base)).filter((url) => url.origin === new URL(base).origin && kindOf(url.href) === 'column');
  const label = new URL(base).hostname.split('.')[0];
  return [...new Set(urls.map((url) => `${label}.${url.pathname.split('/').filter(Boolean).join('.')}`))];
}

/** What editors paste: everything that may be mended without a person, and would fail a page as it is. */
const PASTED = `
<div class="MsoNormal"><span style="color:red">检修说明</span></div><div>第二段<p>第三段<b>重点<p>第四段</b>
<h4>一、范围</h4><li>湖滨路<li>学府路</li>以上路段
<ul>说明<li>甲</li><ul><li>乙</li></ul><p>丙</p></ul>
<dd>只有解释<dl><dd>先有解释<dt>术语<dd>解释<dt>没有解释的术语</dl>
<figure><p>图示</p><figcaption>图一</figcaption><p>补充</p></figure><figcaption>无图之注</figcaption>
<table>表外文字<caption>迟到的标题</caption><tr><td colspan="3">甲<td rowspan="9">乙<tr><td>丙<tr></tr><thead><tr><th><h3>表头</h3></thead></table>
<h2></h2><h3>二、<a href="/map.html?a b">联系方式</a></h3><p>详见<a href="/">首页<a href="/map.html">地图</a></a>。`;

/** Publishes, corrects, withdraws and moves; the addresses left behind with status 410 and 301, and one of pasted markup. */
export async function walk(report, base, tokens) {
  const [first, second] = await columns(base);
  if (!second) throw new Error('the portal has fewer than two columns');
  const mark = Date.now().toString(36);
  const content = (title, sentence) => ({ title, body_html: `<p>${sentence}</p>`, keywords: ['检修'] });
  const walked = { gone: [], moved: [] };
  await report.run('road', 'publish, correct, withdraw', async () => {
    const document = new Document(base, tokens);
    const url = await document.publish(first, content(`湖滨路供水管道检修通知（${mark}）`, '湖滨路将于周三夜间检修供水管道。'), `jianxiu-${mark}`);
    const shown = await until(url, ({ status, text }) => status === 200 && text.includes('周三夜间'), 'published');
    await document.send('editor', 'PUT', '/draft', { content: content(`湖滨路供水管道检修通知（${mark}）`, '检修改为周四夜间。') });
    await document.review();
    await document.send('publisher', 'POST', '/correct', { note: '因降雨推迟一天。' });
    await until(url, ({ status, text }) => status === 200 && text.includes('周四夜间') && text.includes('因降雨推迟一天'), 'corrected');
    await document.send('publisher', 'POST', '/withdraw', { reason: '检修已经完成。' });
    await until(url, ({ status, text }) => status === 410 && text.includes('检修已经完成'), 'withdrawn');
    walked.gone.push(url);
    console.error(`a published document was a page after ${shown} ms`);
  });
  await report.run('road', 'publish, move', async () => {
    const document = new Document(base, tokens);
    const url = await document.publish(first, content(`市民广场绿化养护公告（${mark}）`, '本周起对市民广场草坪进行养护。'), `yanghu-${mark}`);
    await until(url, ({ status }) => status === 200, 'published');
    const target = document.place(await document.send('publisher', 'POST', '/move', { column: second }));
    await until(target, ({ status }) => status === 200, 'moved here');
    await until(url, ({ status, headers }) => status === 301 && new URL(headers.location, url).href === target, 'moved away');
    walked.moved.push(url);
  });
  await report.run('road', 'publish pasted markup', async () => {
    const document = new Document(base, tokens);
    const pasted = { title: `夜间检修说明（${mark}）`, body_html: PASTED };
    const url = await document.publish(first, pasted, `shuoming-${mark}`);
    await until(url, ({ status, text }) => status === 200 && text.includes('没有解释的术语'), 'published');
    walked.pasted = url;
  });
  return walked;
}
