// Holds the CloudFront functions to cases.json and the template to the functions: node --test infra/cdn/test.mjs

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import vm from 'node:vm';
import { FUNCTIONS, TEMPLATE, code, embedded, source } from './functions.mjs';

const cases = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8'));
const template = readFileSync(TEMPLATE, 'utf8');

/** The function of a file, in a world without Node's globals, as the edge runtime has none; the table says which capabilities have forms. */
function load(file, settings = cases) {
    const text = code(file, settings).replace(/^const FORMS = .*$/m, `const FORMS = ${JSON.stringify(cases.forms)};`);
    return vm.runInNewContext(`${text}\nhandler;`, Object.create(null));
}

const plain = (value) => JSON.parse(JSON.stringify(value));
const headersIn = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
const headersOut = (headers) => Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));

/** A query string as CloudFront hands it over: still encoded, repeated names under `multiValue`. */
function queryIn(text) {
    const query = {};
    for (const pair of text === '' ? [] : text.split('&')) {
        const [name, value = ''] = pair.split(/=(.*)/s);
        if (query[name]) {
            query[name].multiValue ??= [{ value: query[name].value }];
            query[name].multiValue.push({ value });
        } else {
            query[name] = { value };
        }
    }
    return query;
}

function ask({ request, cityDomain = cases.cityDomain }) {
    const headers = headersIn(request.headers);
    if (request.host !== '') {
        headers.host = { value: request.host };
    }
    const event = { context: { requestId: 'r-1' }, viewer: { ip: cases.viewer }, request: { method: request.method, uri: request.path, querystring: queryIn(request.querystring), headers } };
    return plain(load('page-request.js', { ...cases, cityDomain })(event));
}

/** What became of a request, in the table's words. */
function told(answer, expect, path) {
    if (answer.statusCode) {
        const { location, 'content-type': kind } = answer.headers;
        const status = answer.statusCode;
        if (kind?.value === 'application/problem+json') {
            const problem = JSON.parse(answer.body.data);
            assert.deepEqual(problem, { ...cases.problems[problem.code], instance: path, request: 'r-1' });
            return { status, problem: problem.code };
        }
        return location ? { status, location: location.value } : { status };
    }
    if ('site' in expect) {
        const { host, ...headers } = headersOut(answer.headers);
        return { site: headers['x-taihu-site'], headers };
    }
    return { key: answer.uri.slice(1) };
}

describe('viewer request', () => {
    for (const one of cases.requests) {
        test(one.name, () => assert.deepEqual(told(ask(one), one.expect, one.request.path), one.expect));
    }

    test('an API path reaches the function as it was sent', () => {
        for (const one of cases.requests.filter(({ expect }) => expect.site)) {
            assert.equal(ask(one).uri, one.request.path, one.name);
        }
    });

    test('the capabilities it lets through are those the template has routes for', () => {
        const routes = [...template.matchAll(/Path: "\/api\/([a-z]+)\/\{proxy\+\}"/g)].map(([, capability]) => capability);
        const [, capabilities] = source('page-request.js').match(/^const API = .*\(([a-z|]+)\)/m);
        assert.deepEqual(capabilities.split('|').sort(), [...new Set(routes)].sort());
    });

    test('the capabilities whose forms it lets through are those the template has routes for', () => {
        const routes = [...template.matchAll(/Path: "\/form\/([a-z]+)\/\{proxy\+\}"/g)].map(([, capability]) => capability);
        const [, listed] = source('page-request.js').match(/^const FORMS = \[(.*)\];$/m);
        const capabilities = listed.split(',').map((name) => name.trim().replaceAll("'", '')).filter((name) => name !== '');
        assert.deepEqual(capabilities.sort(), [...new Set(routes)].sort());
    });

    test('no answer leads to a key outside its site or to another host', () => {
        for (const one of cases.requests) {
            const { expect } = one;
            if (expect.key) {
                assert.match(expect.key, /^([a-z0-9-]{1,40}|_assets)\/[a-z0-9._/-]+$/, one.name);
                assert.doesNotMatch(expect.key, /\.\.|\/\//, one.name);
            }
            if (expect.location) {
                assert.match(expect.location, /^(\/(?!\/)|https:\/\/www\.city\.example\/)/, one.name);
            }
        }
    });
});

describe('viewer response', () => {
    const respond = load('page-response.js', cases);
    for (const { name, request, response, expect } of cases.responses) {
        test(name, () => {
            const metadata = Object.entries(response.metadata).map(([key, value]) => [`x-amz-meta-${key}`, value]);
            const headers = headersIn({ ...response.headers, ...Object.fromEntries(metadata) });
            const asked = { uri: request.path, headers: headersIn({ host: request.host ?? `www.${cases.cityDomain}` }) };
            const answer = plain(respond({ request: asked, response: { statusCode: response.status, headers } }));
            assert.deepEqual({ status: answer.statusCode, headers: headersOut(answer.headers) }, expect);
        });
    }
});

describe('what is not there', () => {
    const ask = load('missing-request.js');
    for (const { name, path, expect } of cases.missing) {
        test(name, () => assert.equal(ask({ request: { uri: path, headers: {} } }).uri, `/${expect.key}`));
    }

    test('is answered with 404, kept ten seconds, and shows no metadata', () => {
        const headers = headersIn({ 'content-type': 'text/html', 'x-amz-meta-status': '200', 'x-amz-meta-digest': 'd' });
        const answer = plain(load('missing-response.js')({ request: { uri: '/www/404.html' }, response: { statusCode: 200, headers } }));
        assert.equal(answer.statusCode, 404);
        assert.deepEqual(headersOut(answer.headers), { 'content-type': 'text/html', 'cache-control': 'max-age=0, s-maxage=10' });
    });
});

describe('the template', () => {
    test('carries the functions as they lie here (node infra/cdn/embed.mjs writes them)', () => {
        assert.equal(template, embedded(template));
    });

    test('sends the security headers of the table', () => {
        const folded = template.replaceAll(/\s+/g, ' ').toLowerCase();
        const header = (name) => cases.securityHeaders[name].toLowerCase();
        const policy = header('content-security-policy').replaceAll(cases.cityDomain, '${citydomain}');
        assert.ok(folded.includes(`contentsecuritypolicy: !sub "${policy}"`));
        // At the desk pictures of drafts are looked at where they lie.
        const files = 'https://files.${citydomain}';
        // A form of who is no more signed in is sent on to the provider.
        const desk = policy.replace("form-action 'self'", "form-action 'self' https://${provider}").replace(`img-src 'self' ${files}`, `img-src 'self' ${files} https://\${bodies}.s3.\${aws::region}.amazonaws.com`);
        assert.ok(folded.includes(`contentsecuritypolicy: !sub - "${desk}" - { provider: !select [2, !split ["/", !ref oidcauthorize]] }`));
        assert.equal(header('strict-transport-security'), 'max-age=63072000; includesubdomains');
        assert.match(folded, /accesscontrolmaxagesec: 63072000 includesubdomains: true/);
        assert.ok(folded.includes(`frameoption: ${header('x-frame-options')}`));
        assert.ok(folded.includes(`referrerpolicy: ${header('referrer-policy')}`));
        assert.match(folded, /contenttypeoptions: { override: true }/);
        for (const name of ['cross-origin-opener-policy', 'cross-origin-resource-policy']) {
            assert.ok(folded.includes(`header: ${name}, value: ${header(name)}`), name);
        }
    });

    for (const file of Object.values(FUNCTIONS)) {
        test(`${file} is small enough for the edge, plain ASCII, and names no parameter but its own`, () => {
            const text = source(file);
            assert.ok(text.length < 10_000, `${text.length} characters`);
            assert.match(text, /^[\n\x20-\x7e]*$/);
            for (const [name] of text.matchAll(/\$\{[^}]*\}/g)) {
                assert.ok(['${CityDomain}', '${Portal}'].includes(name), name);
            }
        });
    }
});
