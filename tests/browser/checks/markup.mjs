// The Nu Html Checker as a server: a page costs tens of milliseconds, not seconds.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { request } from '../lib/http.mjs';

const jar = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** A page of nothing but hostile texts is in no language at all. */
export const isInALanguage = (name) => (problem) => !(name.includes('hostile') && problem.includes('This document appears to be written in'));

/** Starts the checker; `check(html)` answers its errors and warnings, `stop()` ends it. */
export async function start() {
  const port = await freePort();
  const args = ['-Xss4m', '-cp', jar, '-Dnu.validator.servlet.bind-address=127.0.0.1', 'nu.validator.servlet.Main', String(port)];
  const child = spawn('java', args, { stdio: 'ignore' });
  process.once('exit', () => child.kill());
  let ended;
  child.once('error', (error) => (ended = error));
  child.once('exit', (code) => (ended ??= new Error(`the checker ended with ${code}`)));
  const url = `http://127.0.0.1:${port}/?out=json`;
  const check = async (html) => {
    const answer = await request(url, { method: 'POST', headers: { 'content-type': 'text/html; charset=utf-8', 'user-agent': 'taihu-browser-tests' }, body: html });
    if (answer.status !== 200) throw new Error(`the checker answers ${answer.status}: ${answer.text.slice(0, 200)}`);
    const { messages } = JSON.parse(answer.text);
    return messages
      .filter(({ type, subType }) => type !== 'info' || subType === 'warning')
      .map(({ type, subType, lastLine, message, extract }) => `${subType ?? type} at line ${lastLine}: ${message} ${extract ?? ''}`);
  };
  const warm = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body><p>x</p></body></html>';
  for (let tries = 0; ; tries += 1) {
    if (ended) throw ended;
    try {
      await check(warm);
      break;
    } catch (error) {
      if (tries > 240) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  return { check, stop: () => child.kill() };
}
