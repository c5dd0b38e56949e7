// The script of the check (shared/pages/static/proof.js) finds what the function accepts: `proof.json` is held by both, here and in shared/frontdoor/src/proof.rs.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const script = read('../../../shared/pages/static/proof.js');
const agreed = JSON.parse(read('proof.json'));

/** Runs the script in a page with this form; gives the form when its work is over. */
async function run(crypto) {
  const listeners = [];
  const status = { dataset: { waiting: 'wait' }, textContent: '' };
  const form = {
    dataset: { challenge: JSON.stringify(agreed.challenge) },
    fields: [],
    sent: 0,
    append: (field) => form.fields.push(field),
    addEventListener: (_, listener) => listeners.push(listener),
    querySelector: () => status,
    requestSubmit: () => { form.sent += 1; },
  };
  const document = { querySelector: () => form, createElement: () => ({}) };
  const world = { document, crypto, btoa, Uint8Array, DataView, Array, parseInt, JSON, Promise, console };
  vm.runInNewContext(script, { ...world, window: world });
  let prevented = 0;
  listeners.forEach((listener) => listener({ submitter: { value: 'send' }, preventDefault: () => { prevented += 1; } }));
  for (let tries = 0; tries < 600 && prevented > 0 && form.sent === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  return { form, prevented, status };
}

test('it finds the number that was agreed, and sends what waited for it', async () => {
  const { form, prevented, status } = await run(webcrypto);
  assert.equal(prevented, 1);
  assert.equal(form.sent, 1);
  assert.equal(status.textContent, 'wait');
  assert.equal(form.fields[0].name, '_proof');
  assert.deepEqual(JSON.parse(atob(form.fields[0].value)), agreed);
});

test('where nothing can be computed the form is sent all the same', async () => {
  const broken = { subtle: { importKey: () => Promise.reject(new Error('told to fail')) } };
  const failed = await run(broken);
  assert.deepEqual([failed.form.sent, failed.form.fields.length], [1, 0]);
  const without = await run({});
  assert.deepEqual([without.prevented, without.form.fields.length], [0, 0]);
});
