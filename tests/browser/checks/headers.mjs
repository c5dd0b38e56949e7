// What every answer says beside its body: security, caching, validators, compression.
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from '../lib/http.mjs';

const SECURITY = {
  'content-security-policy': (value) => /default-src 'none'/.test(value) && /frame-ancestors 'none'/.test(value) && /base-uri 'none'/.test(value) && !/unsafe|\*|data:/.test(value),
  'strict-transport-security': (value) => Number(/max-age=(\d+)/.exec(value)?.[1]) >= 31_536_000,
  'x-content-type-options': (value) => value === 'nosniff',
  'x-frame-options': (value) => value === 'DENY',
  'referrer-policy': (value) => ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'].includes(value),
  'cross-origin-opener-policy': (value) => value === 'same-origin',
  'cross-origin-resource-policy': (value) => ['same-origin', 'same-site'].includes(value),
};

/** Names of security headers that are missing or too weak. */
export function security({ headers }) {
  return Object.entries(SECURITY)
    .filter(([name, holds]) => headers[name] === undefined || !holds(headers[name]))
    .map(([name]) => `${name} is ${headers[name] ?? 'missing'}`);
}

/** What a file says beside its bytes: it does nothing by itself, and what no page shows is saved under a name. */
export function file({ status, headers }) {
  const expected = { 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff' };
  const problems = Object.entries(expected).filter(([name, value]) => headers[name] !== value).map(([name]) => `${name} is ${headers[name] ?? 'missing'}`);
  if (status !== 200) problems.push(`answers ${status}`);
  const type = headers['content-type'] ?? '';
  const saved = /^attachment; filename="file\.[a-z0-9]+"; filename\*=UTF-8''[^;]+$/.test(headers['content-disposition'] ?? '');
  if (saved === type.startsWith('image/')) problems.push(`${type || 'no type'} with ${headers['content-disposition'] ?? 'no disposition'}`);
  if (/html|svg|xml|javascript/.test(type.replace('openxmlformats', ''))) problems.push(`is ${type}`);
  if (!/max-age=0\b/.test(headers['cache-control'] ?? '')) problems.push(`cache-control is ${headers['cache-control']}: it can be withdrawn`);
  return problems;
}

/** Caching, conditional requests, HEAD, compression and methods of one page. */
export async function caching(url) {
  const problems = [];
  const expect = (holds, sentence) => holds || problems.push(sentence);
  const plain = await request(url);
  const { etag, 'cache-control': cache = '', 'content-type': type } = plain.headers;
  expect(type === 'text/html; charset=utf-8', `content-type is ${type}`);
  expect(/s-maxage=10\b/.test(cache) && /max-age=0\b/.test(cache) && /stale-if-error=86400/.test(cache), `cache-control is ${cache}`);
  expect(/^(W\/)?"[^"]+"$/.test(etag ?? ''), `etag is ${etag}`);
  const again = await request(url, { headers: { 'if-none-match': etag ?? '' } });
  expect(again.status === 304 && again.bytes.length === 0, `if-none-match answers ${again.status} with ${again.bytes.length} bytes`);
  const head = await request(url, { method: 'HEAD' });
  expect(head.status === plain.status && head.bytes.length === 0 && head.headers.etag === etag, 'HEAD differs from GET');
  for (const [name, unpack] of [['br', brotliDecompressSync], ['gzip', gunzipSync]]) {
    const packed = await request(url, { headers: { 'accept-encoding': name } });
    const same = packed.headers['content-encoding'] === name && unpack(packed.bytes).equals(plain.bytes);
    expect(same, `accept-encoding ${name} answers ${packed.headers['content-encoding'] ?? 'plain'} or other bytes`);
    expect(/accept-encoding/i.test(packed.headers.vary ?? ''), `vary is ${packed.headers.vary}`);
  }
  const post = await request(url, { method: 'POST', body: 'a=b' });
  expect(post.status === 405, `POST answers ${post.status}`);
  return problems;
}

/** Hashed assets are immutable and never change under their name. */
export function asset({ headers, status }) {
  const cache = headers['cache-control'] ?? '';
  return status === 200 && /immutable/.test(cache) && /max-age=31536000/.test(cache) ? [] : [`status ${status}, cache-control ${cache}`];
}
