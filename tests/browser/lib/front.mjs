// A citizen's journey through the front door: a form filled in wrongly, rightly, changed and sent, with script and without, and the case looked up.
import { request } from './http.mjs';
import { Citizen, expect } from './people.mjs';

const FORM = '/form/letter/correction';

/** From the link on a page to the check. */
async function fillIn(citizen) {
  await citizen.open(`${FORM}?page=/`);
  await citizen.look('form');
  await citizen.next();
  await citizen.look('form-wrong', 422);
  expect((await citizen.page.title()).startsWith('错误：'), 'the title does not tell that something is wrong');
  await citizen.page.locator('.errors a').first().click();
  const led = await citizen.page.evaluate(() => [document.activeElement?.name, location.hash]);
  expect(led[0] === 'mistake' && led[1] === '#mistake', `the summary leads to ${led}`);
  await citizen.page.check('input[value=typo]');
  await citizen.next();
  await citizen.look('form-text');
  await citizen.next({ 'text-place': '第二段“公开”写成“公升”' });
  await citizen.look('form-pictures');
  await citizen.next();
  await citizen.next({ phone: '138' });
  await citizen.look('form-contact-wrong', 422);
  await citizen.next({ phone: '13800138000' });
  await citizen.look('form-check');
  await citizen.press('button[value="change:contact"]');
  await citizen.next({ name: '王明' });
  expect((await citizen.page.locator('.answers').innerText()).includes('王明'), 'the change is not in the check');
}

async function lookUp(citizen, { number, code }) {
  await citizen.open('/form/letter/status');
  await citizen.look('status');
  await citizen.lookUp('letter', { number, code: 'AAAAAAAAAAAAAAAA' });
  await citizen.look('status-wrong', 422);
  await citizen.lookUp('letter', { number, code });
  await citizen.look('status-case');
  expect((await citizen.words()).includes(number), 'the case is another one');
}

/** Walks it both ways, where the city has the form; every page seen, by name, with its markup. */
export async function walk(report, browser, base) {
  const journey = { browser, seen: [], at: (pathname) => new URL(pathname, base).href };
  if ((await request(journey.at(FORM))).status === 404) return { ...journey, offered: false };
  for (const script of [false, true]) {
    await report.run('front door', script ? 'with script' : 'without script', async () => {
      const citizen = await Citizen.arrive(journey, { script, keeps: !script });
      await fillIn(citizen);
      if (script) await citizen.page.locator('input[name=_proof]').waitFor({ state: 'attached', timeout: 30_000 });
      await lookUp(citizen, await citizen.send());
      await citizen.leave();
    });
  }
  return { ...journey, offered: true };
}
