// Cases from both sides, with script off: an error reported and answered; information asked for with mistakes, completed, extended, given in part; an application on
// paper registered; who read what.
// Citizens hold a telephone, their colleagues in the department sit at the desk.
import fs from 'node:fs/promises';

import { Citizen, Colleague, expect } from './people.mjs';
import { until } from './road.mjs';

const DEPARTMENT = 'jyj';
const PHONE = { width: 375, height: 812 };
const ABOUT = '停水通知的日期';

/** A picture, and what is none. */
const PICTURE = {
  name: '截图.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
};
const PROGRAM = { name: '截图.png', mimeType: 'image/png', buffer: Buffer.from('MZ\x90\x00\x03\x00\x00\x00', 'latin1') };
const LIST = { name: '学校选址.csv', mimeType: 'text/csv', buffer: Buffer.from('学校,选址\n一小,学府里\n') };
const PROOF = { name: '介绍信.txt', mimeType: 'text/plain', buffer: Buffer.from('兹介绍我单位王明前来办理。') };

/** Opens a case by its number; its address at the desk. */
async function find(colleague, number) {
  await colleague.open('/api/desk/cases');
  await colleague.fill({ number });
  await colleague.press('form.sites button');
  expect((await colleague.look(`case-${colleague.journey.seen.length}`)).includes(number), `the desk finds another case than ${number}`);
  return new URL(colleague.page.url()).pathname;
}

/** Reads what was written, after it was said why. */
async function read(colleague, at, why, words) {
  await colleague.open(`${at}/open`);
  await colleague.fill({ why: '' });
  await colleague.press('form.long button');
  await colleague.look(`case-open-wrong-${colleague.journey.seen.length}`, 422);
  await colleague.fill({ why });
  await colleague.press('form.long button');
  expect((await colleague.look(`case-opened-${colleague.journey.seen.length}`)).includes(words), `the opened case does not say ${words}`);
}

/** The case as its citizen reads it. */
async function follow(citizen, capability, receipt, name, words) {
  await citizen.lookUp(capability, receipt);
  const html = await citizen.look(`status-${name}`);
  for (const expected of words) expect(html.includes(expected), `the citizen does not read ${expected}`);
}

/** Puts a file into a case, first none; what it is asked for by. */
async function addFile(colleague, at, file) {
  await colleague.open(`${at}/files`);
  await colleague.look('add-file');
  await colleague.press('form.long button');
  await colleague.look('add-file-nothing', 422);
  await colleague.page.locator('input[type=file]').setInputFiles(file);
  await colleague.press('form.long button');
  await colleague.look('file-added');
  await colleague.open(`${at}/act/draft-reply`);
  return colleague.page.locator('input[name=given]').first().getAttribute('value');
}

/** Downloads what came with the answer, from the page of the case, once the code was typed right. */
async function download(citizen, receipt, file) {
  await citizen.fill({ 'file-code': '0000-0000-0000-0000' });
  await citizen.press('button:text-is("下载")');
  expect((await citizen.look('download-wrong', 422)).includes('查询码不对'), 'a wrong code is not told');
  await citizen.lookUp('disclosure', receipt);
  await citizen.look('download');
  await citizen.fill({ 'file-code': receipt.code });
  const [saved] = await Promise.all([citizen.page.waitForEvent('download'), citizen.page.locator('button:text-is("下载")').click()]);
  expect(saved.suggestedFilename() === file.name, `the file of the reply is saved as ${saved.suggestedFilename()}`);
  const bytes = await fs.readFile(await saved.path());
  expect(bytes.toString().includes('一小,学府里'), 'the file of the reply is not what was put into the case');
}

async function report(citizen) {
  await citizen.open('/form/letter/correction?page=/tzgg/');
  await citizen.next({ mistake: 'content' });
  await citizen.next({ 'text-place': '通知的日期写成了11月15日', right: '11月25日' });
  await citizen.look('report-pictures');
  await citizen.add('pictures', PROGRAM, 'report-pictures-wrong', 422);
  const twice = await citizen.add('pictures', PICTURE, 'report-pictures-added');
  expect(twice.includes('截图.png'), 'the picture that was added is not listed');
  await citizen.add('pictures', PICTURE, 'report-pictures-twice');
  await citizen.press('button[value^=remove]');
  const once = await citizen.look('report-pictures-removed');
  expect(once.includes('已添加 1 个文件'), 'the picture that was taken away is still there');
  await citizen.next();
  await citizen.next();
  return citizen.send('form-receipt-report');
}

async function applyFor(citizen) {
  await citizen.open('/form/disclosure/information-request');
  await citizen.look('apply');
  await citizen.next();
  await citizen.look('apply-wrong', 422);
  await citizen.next({ applicant: 'citizen' });
  await citizen.next({ name: '王明', document: 'identity-card' });
  await citizen.look('apply-document');
  await citizen.next({ 'card-number': '110105194912310021' });
  await citizen.look('apply-document-wrong', 422);
  await citizen.next({ 'card-number': '11010519491231002X' });
  await citizen.look('apply-information');
  await citizen.next({ description: '新建学校的选址材料' });
  await citizen.page.locator('#enclosures').setInputFiles(PROOF);
  await citizen.next();
  await citizen.next({ medium: 'electronic', way: 'online' });
  await citizen.next({ phone: '13800138000' });
  await citizen.look('apply-check');
  return citizen.send('apply-receipt');
}

/** Answers what he was asked, first with nothing. */
async function complete(citizen, { code }) {
  const button = 'button:text-is("提交补正")';
  await citizen.fill({ 'complete-code': code });
  await citizen.press(button);
  await citizen.look('complete-wrong', 422);
  await citizen.fill({ 'complete-code': code, 'complete-text': '2025 年开工的学校。' });
  await citizen.press(button);
  expect((await citizen.look('completed')).includes('答复期限重新计算'), 'the completion is not acknowledged');
}

/** An error on a page, from its report to what the auditor sees. */
async function errorReported(site, desk) {
  const [citizen, handler] = [await Citizen.arrive(site, { viewport: PHONE }), await Colleague.signIn(desk, DEPARTMENT, 'handler')];
  const receipt = await report(citizen);
  await handler.open(`/api/desk/cases?of=${DEPARTMENT}`);
  await handler.look('cases');
  await handler.page.locator('tr', { hasText: receipt.number }).locator('input[name=pick]').check();
  await handler.press('fieldset.box button');
  expect((await handler.look('taken')).includes(receipt.number), 'the case was not taken');
  const at = await find(handler, receipt.number);
  await read(handler, at, '核实并答复', '11月15日');
  const saved = await handler.save('截图.png');
  expect(saved.name === '截图.png' && saved.bytes.subarray(1, 4).toString() === 'PNG', `the picture is saved as ${saved.name}`);
  await handler.act(at, 'notes', { memo: '已电话核实，确为笔误。' });
  const refused = await handler.act(at, 'answer', { outcome: 'corrected', about: ABOUT, reply: '已更正，详询 13800138000。' }, 422);
  expect(refused.includes('手机'), 'a telephone number in a public answer is not told');
  await handler.fill({ reply: '通知的日期已更正为11月25日，感谢指正。' });
  await handler.press('form.long button');
  await handler.look('answered');
  await follow(citizen, 'letter', receipt, 'answered', ['感谢指正']);
  await until(site.at('/zhaocuo/'), ({ status, text }) => status === 200 && text.includes(ABOUT), 'the public answer');
  const auditor = await Colleague.signIn(desk, DEPARTMENT, 'auditor');
  await auditor.open(`${at}/readings`);
  expect((await auditor.look('readings')).includes('核实并答复'), 'the auditor does not see why it was opened');
  await auditor.open(`${at}/open`);
  await auditor.fill({ why: '看看' });
  await auditor.press('form.long button');
  await auditor.look('open-refused', 403);
  const supervisor = await Colleague.signIn(desk, DEPARTMENT, 'supervisor');
  expect((await supervisor.act(at, 'erase', { reason: '来信人请求。' })).includes('个人信息已抹除'), 'the case does not tell that it is erased');
  for (const somebody of [citizen, handler, auditor, supervisor]) await somebody.leave();
}

/** An application, from its mistakes to a part of what was asked for. */
async function informationAskedFor(site, desk) {
  const [citizen, handler] = [await Citizen.arrive(site, { viewport: PHONE }), await Colleague.signIn(desk, DEPARTMENT, 'handler')];
  const receipt = await applyFor(citizen);
  const at = await find(handler, receipt.number);
  await handler.act(at, 'take');
  await read(handler, at, '登记并审核', '选址材料');
  expect((await handler.save('介绍信.txt')).bytes.toString().includes('王明'), 'the proof that came with the application is not what was sent');
  await handler.act(at, 'confirm');
  await handler.act(at, 'ask-completion', { missing: '' }, 422);
  await handler.fill({ missing: '请写明是哪一年度的学校。' });
  await handler.press('form.long button');
  await handler.look('completion-asked');
  await follow(citizen, 'disclosure', receipt, 'asked', ['请写明是哪一年度的学校']);
  await complete(citizen, receipt);
  await handler.act(at, 'seek-opinion', { whom: 'third-party', asking: '拟公开贵单位的选址材料，请提出意见。' });
  await follow(citizen, 'disclosure', receipt, 'opinion', ['正在征求']);
  await handler.act(at, 'record-opinion', { letter: '1', stance: 'agrees', opinion: '同意公开。' });
  const supervisor = await Colleague.signIn(desk, DEPARTMENT, 'supervisor');
  await supervisor.act(at, 'extend', { days: '21', reason: '需要汇总多个部门的资料。' }, 409);
  await supervisor.fill({ days: '20' });
  await supervisor.press('form.long button');
  await supervisor.look('extended');
  await follow(citizen, 'disclosure', receipt, 'extended', ['需要汇总多个部门的资料']);
  const given = await addFile(handler, at, LIST);
  await handler.act(at, 'draft-reply', {
    given,
    result: 'provided-partly',
    grounds: '评审人员的姓名不予公开（条例第十五条）。',
    written: '现将选址材料提供给您，评审人员的姓名不予公开。\n\n不服本答复的，可以自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。',
  });
  await supervisor.approve(at);
  await follow(citizen, 'disclosure', receipt, 'decided', ['现将选址材料提供给您', '行政复议', LIST.name]);
  await download(citizen, receipt, LIST);
  await handler.act(at, 'archive', { file_number: '2026-YSQ-0031' });
  const auditor = await Colleague.signIn(desk, DEPARTMENT, 'auditor');
  await auditor.open(`${at}/readings`);
  expect((await auditor.look('readings-request')).includes('登记并审核'), 'the auditor does not see why it was opened');
  for (const somebody of [citizen, handler, supervisor, auditor]) await somebody.leave();
}

/** Today, by the city's clock. */
function today() {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/** An application that came by post: registered with mistakes first, handed over as a slip, asked for its reasons. */
async function registeredFromPaper(site, desk) {
  const [citizen, handler] = [await Citizen.arrive(site, { viewport: PHONE }), await Colleague.signIn(desk, DEPARTMENT, 'handler')];
  await handler.open('/api/desk/cases');
  await handler.press('a[href="/api/desk/requests/new"]');
  await handler.look('register');
  await handler.fill({ 'q-applicant': 'citizen' });
  await handler.press('form.long button');
  await handler.look('register-undecided', 422);
  await handler.fill({ 'q-document': 'identity-card', 'q-way': 'post' });
  await handler.press('form.long button');
  await handler.look('register-questions');
  const typed = { 'q-name': '王明', 'q-card-number': '110105194912310021', 'q-description': '校车路线的审批材料', 'q-medium': 'paper', 'q-phone': '13800138000' };
  await handler.fill({ arrival: 'post', site: DEPARTMENT, ...typed });
  await handler.press('form.long button');
  const again = await handler.look('register-wrong', 422);
  expect(again.includes('校车路线的审批材料') && again.includes('href="#q-card-number"'), 'what was typed is gone, or nothing leads to what is wrong');
  await handler.fill({ 'q-card-number': '11010519491231002X', 'q-address-for-delivery': '澄湖市人民路1号' });
  await handler.press('form.long button');
  await handler.look('register-dayless', 422);
  await handler.fill({ received_on: today() });
  await handler.press('form.long button');
  const slip = await handler.look('register-slip');
  expect(slip.includes('以签收之日为收到申请之日'), 'the slip does not say by which rule its term began');
  const [number, code] = await handler.page.locator('.slip .large').allInnerTexts();
  const receipt = { number: number.trim(), code: code.trim() };
  const at = await find(handler, receipt.number);
  await follow(citizen, 'disclosure', receipt, 'registered', ['已登记您的书面申请', '还有']);
  await handler.act(at, 'ask-reasons', { question: '您今年已多次申请，请说明理由。' });
  await follow(citizen, 'disclosure', receipt, 'reasons-asked', ['您今年已多次申请，请说明理由。']);
  await citizen.fill({ 'give-reasons-code': receipt.code, 'give-reasons-text': '孩子每天乘坐校车。' });
  await citizen.press('button:text-is("说明理由")');
  expect((await citizen.look('reasons-given')).includes('已收到您说明的理由'), 'the reasons are not acknowledged');
  await read(handler, at, '审核申请的理由', '孩子每天乘坐校车');
  for (const somebody of [citizen, handler]) await somebody.leave();
}

/** Walks all; every page seen, by name, with its markup. */
export async function walk(report, browser, base) {
  const { protocol, host } = new URL(base);
  const domain = host.slice(host.indexOf('.') + 1);
  const seen = [];
  const of = (label) => ({ browser, seen, at: (pathname) => `${protocol}//${label}.${domain}${pathname}` });
  const [site, desk] = [of(DEPARTMENT), of('desk')];
  await report.run('cases', 'an error is reported, taken, read with a reason, answered in public, erased', () => errorReported(site, desk));
  await report.run('cases', 'information is asked for, completed, extended, given in part', () => informationAskedFor(site, desk));
  await report.run('cases', 'an application on paper is registered, handed over as a slip, asked for its reasons', () => registeredFromPaper(site, desk));
  return { seen };
}
