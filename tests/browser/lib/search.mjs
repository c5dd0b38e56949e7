// A reader searches, without script, on a small screen: from the field on top of any page to what he looked for.
import { Citizen } from './people.mjs';

const SMALL = { width: 375, height: 800 };

/** Asks the field on top of a page. */
async function ask(reader, text) {
  await reader.page.locator('header form[role=search] input[name=q], header search input[name=q]').first().fill(text);
  await reader.press('header form button');
}

/** Follows the first link whose text holds `text`; folded filters are opened first. */
async function follow(reader, scope, text) {
  await reader.page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  const [answer] = await Promise.all([reader.page.waitForNavigation(), reader.page.locator(`${scope} a`, { hasText: text }).first().click()]);
  reader.status = answer.status();
}

/** How many hits the page tells of. */
const hits = (reader) => reader.page.locator('main article').count();

/** Searches as readers do, and looks at what comes back; the pages that were seen. */
export async function walk(report, browser, base) {
  const journey = { browser, at: (path) => new URL(path, base).href, seen: [] };
  await report.run('search', 'from the field on top to a document', async () => {
    const reader = await Citizen.arrive(journey, { viewport: SMALL });
    await reader.open('/');
    await ask(reader, '停水');
    await reader.look('search-hits');
    if ((await hits(reader)) === 0) return ['nothing is found for 停水'];
    if (!(await reader.page.locator('main mark').first().innerText()).includes('停水')) return ['nothing is marked'];
    const before = await hits(reader);
    await follow(reader, 'main', '2026 年');
    await reader.look('search-narrowed');
    const narrowed = await hits(reader);
    await follow(reader, 'main', '移除');
    await reader.look('search-widened');
    if (narrowed > before || (await hits(reader)) !== before) return [`${before} hits, ${narrowed} narrowed, ${await hits(reader)} afterwards`];
    const [answer] = await Promise.all([reader.page.waitForNavigation(), reader.page.locator('main article a').first().click()]);
    await reader.leave();
    return answer.status() === 200 ? [] : [`a hit leads to ${answer.status()}`];
  });
  await report.run('search', 'nothing found, a day, a text that is too long', async () => {
    const reader = await Citizen.arrive(journey, { viewport: SMALL });
    await reader.open(`/search?q=${encodeURIComponent('鬱鬱麤麤')}`);
    await reader.look('search-nothing');
    if ((await hits(reader)) !== 0) return ['something is found'];
    await reader.open('/search?on=2026-11-01');
    await reader.look('search-on-a-day');
    await reader.open('/search?q=%22&on=soon');
    await reader.look('search-no-day', 400);
    if ((await reader.page.locator('input[name=on]').first().inputValue()) !== 'soon') return ['what was typed is lost'];
    await reader.open(`/search?q=${'很'.repeat(501)}`);
    await reader.look('search-too-long', 400);
    await reader.leave();
    return [];
  });
  return journey;
}
