// A site that stops: archived through the API, looked at, made live again.
import { randomUUID } from 'node:crypto';
import { request } from './http.mjs';
import { until } from './road.mjs';

/** Token of a registrar of the whole city, from the environment; nothing if there is none. */
export const registrar = (env = process.env) => env.TAIHU_TEST_REGISTRAR;

async function send(base, token, method, path, version, body) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  const url = new URL(`/api/publish/sites${path}`, base).href;
  const answer = await request(url, { method, headers, body: body && JSON.stringify(body) });
  if (answer.status !== 200) throw new Error(`${method} ${url} answers ${answer.status}: ${answer.text.slice(0, 500)}`);
  return JSON.parse(answer.text);
}

/** The last site that is live and not the portal. */
async function lastLive(base, token) {
  const portal = new URL(base).origin;
  const { sites } = await send(base, token, 'GET', '');
  for (const site of sites.reverse()) {
    if (new URL(site.url).origin === portal) continue;
    const { state } = await send(base, token, 'GET', `/${site.label}`);
    if (state.state === 'live') return site;
  }
  return undefined;
}

/** Archives a site; its home page, and how to make it live again. Nothing if the portal is the only one that is live. */
export async function archive(base, token) {
  const site = await lastLive(base, token);
  if (!site) return undefined;
  const change = async (state, reason) => {
    const { version } = await send(base, token, 'GET', `/${site.label}`);
    await send(base, token, 'PUT', `/${site.label}/state`, version, { state, reason });
  };
  const shows = ({ status, text }) => status === 200 && text.includes('本网站已归档');
  await change('archived', '机构改革，内容并入市政府门户网站');
  await until(site.url, shows, 'archived');
  const restore = async () => {
    await change('live', '恢复更新');
    await until(site.url, (answer) => answer.status === 200 && !shows(answer), 'live again');
  };
  return { url: site.url, restore };
}
