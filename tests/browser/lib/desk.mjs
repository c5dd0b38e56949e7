// The editors' journey at the desk, with script off: what a colleague does from the first draft to the withdrawal, and every page he sees on the way.
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { request } from './http.mjs';
import { Colleague, expect } from './people.mjs';
import { until } from './road.mjs';

const DEPARTMENT = 'jyj';
const COLUMN = 'jyj.tzgg';

/** Walks it; every page seen, by name, with its markup. */
export async function walk(report, browser, base) {
  const { protocol, host } = new URL(base);
  const domain = host.slice(host.indexOf('.') + 1);
  const journey = { browser, seen: [], document: undefined, at: (pathname) => `${protocol}//desk.${domain}${pathname}` };
  const mark = Date.now().toString(36);
  const slug = `gongzuotai-${mark}`;
  let url;
  const people = {};
  await report.run('desk', 'sign in', async () => {
    const forged = await request(journey.at('/api/desk/documents/new'), { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'title=x' });
    expect([303, 401, 403].includes(forged.status), `a post without a session answers ${forged.status}`);
    for (const role of ['editor', 'reviewer', 'publisher']) people[role] = await Colleague.signIn(journey, DEPARTMENT, role);
  });
  if (!people.publisher) return journey;
  const { editor, reviewer, publisher } = people;
  await report.run('desk', 'draft with a telephone number, which the checks refuse', async () => {
    await editor.open(`/api/desk/documents/new?site=${DEPARTMENT}`);
    await editor.look('new');
    await editor.press('form.long button');
    const empty = await editor.look('new-wrong', 422);
    expect(/<title>错误：/.test(empty), 'an empty form is not told as wrong in the title');
    await editor.page.selectOption('#column', COLUMN);
    await editor.page.fill('#title', `关于冬季供暖的通知（${mark}）`);
    await editor.page.fill('#body', '各学校：\n\n请联系张老师 13800138000。\n\n## 一、时间\n\n- 十二月起\n- 三月止');
    await editor.press('form.long button');
    await editor.look('drafted');
    [journey.document] = /\/api\/desk\/documents\/[a-z2-7]{26}/.exec(editor.page.url());
    const refused = await editor.act(journey.document, 'submit', {}, 422);
    expect(refused.includes('疑似手机号“138******00”'), 'the finding is not told');
    await editor.open('/api/desk/drafts');
    expect((await editor.look('drafts')).includes(mark), 'the draft is not among its editor\'s');
  });
  await report.run('desk', 'mend, attach, submit', async () => {
    await editor.open(`${journey.document}/edit`);
    await editor.look('edit');
    await editor.page.fill('#body', '各学校：\n\n请拨打市教育局咨询电话 0598-8213013。\n\n## 一、时间\n\n- 十二月起\n- 三月止');
    await editor.press('form.long button');
    await editor.look('revised');
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'desk-')), '供暖时间.csv');
    writeFileSync(file, '学校,时间\n一小,7:00\n');
    await editor.open(`${journey.document}/attach`);
    await editor.look('attach');
    await editor.press('main form button');
    await editor.look('attach-nothing', 422);
    await editor.page.locator('input[type=file]').setInputFiles(file);
    await editor.press('main form button');
    await editor.look('attach-named');
    await editor.page.fill('#title', '供暖时间表');
    await editor.press('main form button');
    await editor.look('attached');
    for (const page of ['preview', 'history', 'edit']) {
      await editor.open(`${journey.document}/${page}`);
      await editor.look(`${page}-again`);
    }
    await editor.act(journey.document, 'submit');
  });
  await report.run('desk', 'review with its difference, publish', async () => {
    await reviewer.open('/api/desk/queue');
    expect((await reviewer.look('queue-waiting')).includes(mark), 'the draft is not in the queue of its reviewer');
    await reviewer.act(journey.document, 'approve');
    await publisher.act(journey.document, 'publish', { slug });
    const shown = await publisher.page.locator('a[href*=".html"]').first().getAttribute('href');
    url = new URL(shown, publisher.page.url()).href;
    await until(url, ({ status, text }) => status === 200 && text.includes('0598-8213013') && text.includes('供暖时间表'), 'published');
  });
  await report.run('desk', 'correct: the change note is public', async () => {
    await editor.open(`${journey.document}/edit`);
    await editor.page.fill('#summary', '供暖时间和咨询电话。');
    await editor.press('form.long button');
    await editor.look('correction');
    await editor.act(journey.document, 'submit');
    await reviewer.open(`${journey.document}/diff`);
    await reviewer.look('diff');
    await reviewer.act(journey.document, 'approve');
    await publisher.act(journey.document, 'correct', { note: '补充内容概述。' });
    await until(url, ({ status, text }) => status === 200 && text.includes('补充内容概述'), 'corrected');
  });
  await report.run('desk', 'a correction that nobody goes on with is thrown away', async () => {
    await editor.open(`${journey.document}/edit`);
    await editor.page.fill('#summary', '写到一半');
    await editor.press('form.long button');
    await editor.look('second-correction');
    const told = await editor.act(journey.document, 'discard');
    expect(told.includes('草稿已放弃') && told.includes('公开的文本没有变化'), 'the document does not tell that its draft is gone');
    await editor.open('/api/desk/drafts?of=jyj');
    await editor.look('drafts-of-department');
    const { status, text } = await request(url);
    expect(status === 200 && !text.includes('写到一半'), 'the public text is another');
  });
  await report.run('desk', 'withdraw: 410', async () => {
    await publisher.act(journey.document, 'withdraw', { reason: '供暖安排有变。' });
    await until(url, ({ status, text }) => status === 410 && text.includes('供暖安排有变'), 'withdrawn');
    await publisher.open(journey.document);
    await publisher.look('withdrawn');
  });
  await report.run('desk', 'what readers search for, this month and the one before', async () => {
    await editor.open('/api/desk/');
    await editor.press('a[href="/api/desk/search-terms"]');
    const now = await editor.look('search-terms');
    expect(/aria-current="page"/.test(now), 'the month that is shown is not said to be');
    await editor.press('nav.narrow li:nth-child(2) a');
    await editor.look('search-terms-before');
    await editor.open('/api/desk/search-terms?month=soon');
    await editor.look('search-terms-of-no-month', 400);
  });
  await report.run('desk', 'what is not there, and signing out', async () => {
    await editor.open('/api/desk/documents/aaaaaaaaaaaaaaaaaaaaaaaaaa');
    await editor.look('missing', 404);
    await editor.open('/api/desk/queue');
    await editor.press('header form:last-of-type button');
    await editor.look('signed-out');
  });
  for (const person of Object.values(people)) await person.leave();
  return journey;
}
