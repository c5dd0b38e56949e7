// A citizen's journey through the front door: a form filled in wrongly, rightly, changed and sent, with script and without, and the case looked up.
import { request } from './http.mjs';

const FORM = '/form/letter/correction';

/** Somebody in a browser of his own; every page he sees is kept, to be looked at with the other eyes. */
class Citizen {
  constructor(journey, page, way) {
    Object.assign(this, { journey, page, way });
  }

  static async arrive(journey, way) {
    const context = await journey.browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', javaScriptEnabled: way === 'with-script' });
    return new Citizen(journey, await context.newPage(), way);
  }

  async open(pathname) {
    this.status = (await this.page.goto(this.journey.at(pathname))).status();
  }

  async press(selector) {
    const [answer] = await Promise.all([this.page.waitForNavigation(), this.page.locator(selector).first().click()]);
    this.status = answer.status();
  }

  async look(name, status = 200) {
    if (this.status !== status) throw new Error(`${name} answers ${this.status}: ${(await this.page.locator('main').innerText()).slice(0, 400)}`);
    if (this.way === 'without-script') this.journey.seen.push({ name, html: await this.page.content(), url: this.page.url().split('#')[0] });
  }

  /** From the link on a page to the check. */
  async fillIn() {
    await this.open(`${FORM}?page=/`);
    await this.look('form');
    await this.press('button[value=next]');
    await this.look('form-wrong', 422);
    if (!(await this.page.title()).startsWith('错误：')) throw new Error('the title does not tell that something is wrong');
    await this.page.locator('.errors a').first().click();
    const led = await this.page.evaluate(() => [document.activeElement?.name, location.hash]);
    if (led[0] !== 'mistake' || led[1] !== '#mistake') throw new Error(`the summary leads to ${led}`);
    await this.page.check('input[value=typo]');
    await this.press('button[value=next]');
    await this.page.fill('#text-place', '第二段“公开”写成“公升”');
    await this.look('form-text');
    await this.press('button[value=next]');
    await this.page.fill('#phone', '138');
    await this.press('button[value=next]');
    await this.look('form-contact-wrong', 422);
    await this.page.fill('#phone', '13800138000');
    await this.press('button[value=next]');
    await this.look('form-check');
    await this.press('button[value="change:contact"]');
    await this.page.fill('#name', '王明');
    await this.press('button[value=next]');
    if (!(await this.page.locator('.answers').innerText()).includes('王明')) throw new Error('the change is not in the check');
  }

  /** Number and code of the receipt. */
  async send() {
    await this.press('button[value=send]');
    await this.look('form-receipt');
    const told = await this.page.locator('.numbers dd').allInnerTexts();
    return { number: told[0].trim(), code: told[1].trim() };
  }

  async lookUp({ number, code }) {
    await this.open('/form/letter/status');
    await this.look('status');
    await this.page.fill('#number', number);
    await this.page.fill('#code', 'AAAAAAAAAAAAAAAA');
    await this.press('main button');
    await this.look('status-wrong', 422);
    await this.page.fill('#code', code);
    await this.press('main button');
    await this.look('status-case');
    if (!(await this.page.locator('main').innerText()).includes(number)) throw new Error('the case is another one');
  }
}

/** Walks it both ways, where the city has the form; every page seen, by name, with its markup. */
export async function walk(report, browser, base) {
  const journey = { browser, seen: [], at: (pathname) => new URL(pathname, base).href };
  if ((await request(journey.at(FORM))).status === 404) return { ...journey, offered: false };
  for (const way of ['without-script', 'with-script']) {
    await report.run('front door', way, async () => {
      const citizen = await Citizen.arrive(journey, way);
      await citizen.fillIn();
      if (way === 'with-script') await citizen.page.locator('input[name=_proof]').waitFor({ state: 'attached', timeout: 30_000 });
      await citizen.lookUp(await citizen.send());
      await citizen.page.context().close();
    });
  }
  return { ...journey, offered: true };
}
