// What a person meets: accessibility, width, keyboard, no script, no console noise, weight; and a picture of each kind.
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { isFile } from '../lib/crawl.mjs';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
// With motion, colours would be measured on their way from light to dark.
const HERE = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' };
const SIZES = { wide: { width: 1280, height: 900 }, phone: { width: 375, height: 812 } };
const PICTURE_BYTES = 200_000;
const FIRST_VIEW_BYTES = 100 * 1024;

export const launch = (executablePath) => chromium.launch({ executablePath, args: FLAGS });

/** Opens a page and listens to everything it says and loads. */
async function open(browser, url, options) {
  const context = await browser.newContext({ ...HERE, ...options });
  const page = await context.newPage();
  const said = [];
  const requests = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push({ text: message.text(), url: message.location().url }));
  page.on('pageerror', (error) => said.push({ text: String(error) }));
  page.on('requestfailed', (request) => said.push({ text: `${request.url()} failed: ${request.failure()?.errorText}` }));
  page.on('requestfinished', (request) => requests.push(request));
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  return { context, page, said, requests, status: answer.status() };
}

// Our pages have no frames: the legacy mode asks the page itself and opens no second one to put the parts of its answer together.
async function axe(page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .options({ rules: { 'target-size': { enabled: true } } })
    .setLegacyMode()
    .analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`).join(' | ')}`);
}

const tooWide = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} px of content in ${clientWidth} px: ${wide.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`).join(', ')}`];
  });

/** What has the focus, whether it can be seen, and whether the focus itself can be seen. */
const focused = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    // The parts of a date show the focus one by one, inside it.
    const parts = one.matches('input[type=date], input[type=time], input[type=datetime-local]');
    const ring = parts || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    const inView = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return { name: `${one.tagName.toLowerCase()} ${(one.textContent ?? '').trim().slice(0, 20)}`, href: one.getAttribute('href'), ring, inView };
  });

/** Tab by Tab through the page: first the skip link, everything visible, no trap; then the skip link is followed. */
async function keyboard(page) {
  const problems = [];
  // From the top, wherever a page that tells of mistakes put the focus.
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  await page.keyboard.press('Tab');
  const first = await focused(page);
  if (!first?.href?.startsWith('#')) return [`the first Tab reaches ${first?.name ?? 'nothing'}, not a skip link`];
  const target = first.href;
  const seen = [first];
  for (let steps = 0; steps < 400; steps += 1) {
    await page.keyboard.press('Tab');
    let next = await focused(page);
    if (!next || next.href === target) break;
    // It may be on its way into view, slowly on a machine with other work.
    for (let waits = 0; !next.inView && waits < 40; waits += 1) {
      await page.waitForTimeout(50);
      next = (await focused(page)) ?? next;
    }
    seen.push(next);
  }
  if (seen.length >= 400) problems.push('Tab never comes round');
  for (const { name, ring, inView } of seen) {
    if (!inView) problems.push(`${name} has the focus out of sight`);
    if (!ring) problems.push(`${name} shows no focus`);
  }
  await page.evaluate(() => document.activeElement?.blur());
  await page.locator(`a[href="${target}"]`).first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((hash) => location.hash === hash, target, { timeout: 2000 }).catch(() => {});
  if (new URL(page.url()).hash !== target) problems.push(`the skip link does not lead to ${target}`);
  return problems;
}

async function weight(requests, domain) {
  const foreign = requests.map((request) => new URL(request.url())).filter(({ host }) => host !== domain && !host.endsWith(`.${domain}`));
  const weigh = async (request) => {
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    return { url: request.url(), bytes: responseBodySize + responseHeadersSize };
  };
  const weighed = await Promise.all(requests.map(weigh));
  // A picture is what its readers come for: each is weighed by itself, at the size that this window takes.
  const bytes = weighed.filter(({ url }) => !isFile(url)).reduce((sum, one) => sum + one.bytes, 0);
  const problems = foreign.map((url) => `loads ${url} from elsewhere`);
  for (const one of weighed.filter(({ url, bytes }) => isFile(url) && bytes > PICTURE_BYTES)) problems.push(`the picture ${one.url} weighs ${one.bytes} bytes`);
  if (bytes > FIRST_VIEW_BYTES) problems.push(`the first view weighs ${bytes} bytes`);
  return problems;
}

const words = (page) => page.locator('body').innerText();
const squeeze = (text) => text.replace(/\s+/g, ' ').trim();

/** Shows a page once more as it came: itself from here, whatever it answered; its stylesheet from where it names it. */
async function show(context, { html, url }) {
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()));
  await page.route(url, (route) => route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: html }));
  await page.goto(url);
  return { page, said };
}

/** What is asked of a page that somebody walked by: at both widths, and in the dark. */
export async function inspectWalked(report, browser, shown, out) {
  const { name } = shown;
  const context = await browser.newContext({ ...HERE, viewport: SIZES.wide, colorScheme: 'light' });
  const { page, said } = await show(context, shown);
  for (const [size, viewport, colorScheme] of [['wide', SIZES.wide, 'light'], ['phone', SIZES.phone, 'light'], ['dark', SIZES.wide, 'dark']]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await report.run(`walked axe ${size}`, name, () => axe(page));
    await report.run(`walked width ${size}`, name, () => tooWide(page));
    await picture(page, out, `walked-${name}-${size}`);
  }
  await report.run('walked console', name, () => said);
  await report.run('walked keyboard', name, () => keyboard(page));
  await context.close();
}

/** What is asked of a golden page: on a telephone, where there is the least room. */
export async function inspectGolden(report, browser, shown, out) {
  const context = await browser.newContext({ ...HERE, viewport: SIZES.phone });
  const { page } = await show(context, shown);
  await report.run('golden axe', shown.name, () => axe(page));
  await report.run('golden width', shown.name, () => tooWide(page));
  await picture(page, out, shown.name);
  await context.close();
}

/** Everything that is asked of one kind of page in a browser. */
export async function inspect(report, browser, { kind, url, status, domain, out }) {
  const name = `${kind} ${url}`;
  let text = '';
  for (const [size, viewport] of Object.entries(SIZES)) {
    const { context, page, said, requests, status: got } = await open(browser, url, { viewport });
    await report.run(`status ${size}`, name, () => (got === status ? [] : [`answers ${got}, not ${status}`]));
    await report.run(`console ${size}`, name, () => said.filter((one) => status === 200 || one.url !== url).map((one) => one.text));
    await report.run(`axe ${size}`, name, () => axe(page));
    await report.run(`width ${size}`, name, () => tooWide(page));
    await picture(page, out, `${kind}-${size}`);
    if (size === 'wide') {
      text = await words(page);
      await report.run('weight', name, () => weight(requests, domain));
      await page.emulateMedia({ colorScheme: 'dark' });
      await report.run('axe dark', name, () => axe(page));
      await picture(page, out, `${kind}-dark`);
      await page.emulateMedia({ colorScheme: 'light' });
      await report.run('keyboard', name, () => keyboard(page));
    } else {
      await page.setViewportSize({ width: 320, height: 640 });
      await report.run('width 320', name, () => tooWide(page));
    }
    await context.close();
  }
  const bare = await open(browser, url, { viewport: SIZES.wide, javaScriptEnabled: false });
  await report.run('no script', name, async () => (squeeze(await words(bare.page)) === squeeze(text) ? [] : ['reads otherwise without script']));
  await bare.context.close();
}

/** A picture of the whole page for whoever wants to look, if a folder for it was named. */
async function picture(page, out, name) {
  if (out) await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true });
}
