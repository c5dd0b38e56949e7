// People in browsers of their own. What they look at is kept, to be looked at with the other eyes.
import fs from 'node:fs/promises';

/** Somebody; without script unless told otherwise. */
class Somebody {
  static async arrive(journey, { script = false, keeps = true, viewport } = {}) {
    const context = await journey.browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', javaScriptEnabled: script, ...(viewport && { viewport }) });
    return Object.assign(new this(), { journey, keeps, page: await context.newPage() });
  }

  async open(pathname) {
    this.status = (await this.page.goto(this.journey.at(pathname))).status();
  }

  /** Presses a button and remembers what came back. */
  async press(selector) {
    const [answer] = await Promise.all([this.page.waitForNavigation(), this.page.locator(selector).first().click()]);
    this.status = answer.status();
  }

  /** Fills in what is named: a choice by its value, one of a list, a text. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const choices = this.page.locator(`:is(input[type=radio], input[type=checkbox])[name="${name}"]`);
      const field = this.page.locator(`#${name}`);
      if ((await choices.count()) > 0) await choices.and(this.page.locator(`[value="${value}"]`)).check();
      else if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
  }

  /** Keeps the page as it stands, once it answered as it should; its markup. */
  async look(name, status = 200) {
    const html = await this.page.content();
    if (this.keeps) this.journey.seen.push({ name, status, html, url: this.page.url().split('#')[0] });
    if (this.status !== undefined && this.status !== status) throw new Error(`${name} answers ${this.status}: ${(await this.words()).slice(0, 400)}`);
    this.status = undefined;
    return html;
  }

  words() {
    return this.page.locator('main').innerText();
  }

  async leave() {
    await this.page.context().close();
  }
}

/** Somebody who fills in forms. */
export class Citizen extends Somebody {
  /** The next page of a form. */
  async next(fields = {}) {
    await this.fill(fields);
    await this.press('button[value=next]');
  }

  /** Adds a file to a form; the page that comes back. */
  async add(question, file, name, status = 200) {
    await this.page.locator(`#${question}`).setInputFiles(file);
    await this.press('button[value=add]');
    return this.look(name, status);
  }

  /** Number and code of the receipt. */
  async send(name = 'form-receipt') {
    await this.press('button[value=send]');
    await this.look(name);
    const told = await this.page.locator('.numbers dd').allInnerTexts();
    return { number: told[0].trim(), code: told[1].trim() };
  }

  /** How a case stands, by its number and code. */
  async lookUp(capability, { number, code }) {
    await this.open(`/form/${capability}/status`);
    await this.fill({ number, code });
    await this.press('main button');
  }
}

/** Somebody of a department, at the desk. */
export class Colleague extends Somebody {
  static async signIn(journey, department, role) {
    const colleague = await this.arrive(journey);
    await colleague.open('/');
    await colleague.look(`login-${journey.seen.length}`);
    await colleague.press('form button');
    await colleague.look(`login-wrong-${journey.seen.length}`, 422);
    await colleague.fill({ department });
    await colleague.page.check(`#role-${role}`);
    await colleague.press('form button');
    await colleague.look(`queue-${journey.seen.length}`);
    return colleague;
  }

  /** Opens a case, reads what is in it, and approves the reply that was drafted. */
  async approve(at) {
    await this.open(`${at}/open`);
    await this.fill({ why: '审核拟定的答复' });
    await this.press('form.long button');
    await this.look(`read-to-approve-${this.journey.seen.length}`);
    await this.open(await this.page.locator('a[href*="approve-reply?seen="]').getAttribute('href'));
    await this.look(`act-approve-${this.journey.seen.length}`);
    await this.press('form.long button');
    return this.look(`did-approve-${this.journey.seen.length}`);
  }

  /** Saves a file that came with a case, from the page that it was opened on; its name and what the answer says of it. */
  async save(name) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.page.locator('form', { hasText: name }).locator('button').click()]);
    return { name: download.suggestedFilename(), bytes: await fs.readFile(await download.path()) };
  }

  /** Opens an act on what stands at `at`, fills its fields in, does it. */
  async act(at, verb, fields = {}, status = 200) {
    await this.open(`${at}/act/${verb}`);
    await this.look(`act-${verb}-${this.journey.seen.length}`);
    await this.fill(fields);
    await this.press('form.long button');
    return this.look(`${status === 200 ? 'did' : 'refused'}-${verb}-${this.journey.seen.length}`, status);
  }
}

/** Says what was expected and did not come. */
export function expect(holds, sentence) {
  if (!holds) throw new Error(sentence);
}
