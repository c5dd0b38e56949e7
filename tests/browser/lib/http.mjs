// Requests to *.localhost without asking a resolver: the address is loopback, the name goes into the Host header.
import http from 'node:http';

const loopback = (name) => name === 'localhost' || name.endsWith('.localhost');

/** Sends one request and reads the whole answer; redirects are not followed, bodies are not decompressed. No answer is status 0. */
export function request(url, options) {
  return send(url, options).catch((error) => ({ url, status: 0, headers: {}, bytes: Buffer.alloc(0), text: String(error) }));
}

function send(url, { method = 'GET', headers = {}, body } = {}) {
  const { hostname, port, pathname, search, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { host: loopback(hostname) ? '127.0.0.1' : hostname, port: port || 80, path: pathname + search, method, headers: { host, ...headers } },
      (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const bytes = Buffer.concat(parts);
          resolve({ url, status: answer.statusCode, headers: answer.headers, bytes, text: bytes.toString('utf8') });
        });
      },
    );
    sent.setTimeout(15_000, () => sent.destroy(new Error(`no answer from ${url} within 15 s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Runs `work` over `items`, `width` at a time, keeping their order. */
export async function each(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
