// Viewer request: which object or function answers, and where a reader should have asked instead.
// The rules are data in cases.json and hold for the local CDN too. Runtime: cloudfront-js-2.0.

const CITY_DOMAIN = '${CityDomain}';
const PORTAL = '${Portal}';
const SCHEME = 'https';

const LABEL = /^[a-z0-9-]{1,40}$/;
const SEGMENT = /^[a-z0-9][a-z0-9._-]*$/;
const API = /^\/api\/(publish|desk|letter|disclosure|react|query)\/./;
// Capabilities that citizens write to; each has a route of its own.
const FORMS = ['letter', 'disclosure'];
const FORM = /^\/form\/([a-z]+)\/[a-z0-9-]+(\/files)?$/;
// Where every site is searched, and where browsers are told of it.
const SEARCH = ['/search', '/search.xml'];
const DESK = 'desk';
const FILES = 'files';
const ASSET = /^\/_assets\/[a-z0-9][a-z0-9.-]*$/;
const LONGEST_PATH = 512;

function handler(event) {
    const request = event.request;
    const host = hostOf(request);
    if (host === CITY_DOMAIN) {
        // After a 302 a client may ask with GET what it sent with POST; 307 keeps the method.
        const status = request.method === 'GET' || request.method === 'HEAD' ? 302 : 307;
        return redirect(status, SCHEME + '://' + PORTAL + '.' + CITY_DOMAIN + request.uri + queryOf(request));
    }
    const site = siteOf(host);
    if (site === null) {
        return notFound();
    }
    dropOurHeaders(request);
    if (site === DESK && (request.uri === '/' || request.uri === '/api/' + DESK + '/')) {
        return redirect(302, '/api/' + DESK + '/queue' + queryOf(request));
    }
    if (request.uri.startsWith('/api/')) {
        // The desk has a host of its own, and no other function answers there.
        const ofDesk = request.uri.startsWith('/api/' + DESK + '/');
        if (hides(request.uri) || !API.test(request.uri) || ofDesk !== (site === DESK)) {
            return noSuchAddress(event);
        }
        request.headers['x-taihu-site'] = { value: site };
        return request;
    }
    if (request.uri.startsWith('/form/')) {
        return form(event, request, site);
    }
    if (SEARCH.includes(request.uri)) {
        return search(request, site);
    }
    if (request.uri.startsWith('/_assets/')) {
        return ASSET.test(request.uri) ? request : notFound();
    }
    return page(request, site);
}

// Searches belong to citizens' sites; what is kept at the edge is kept for each site.
function search(request, site) {
    if (site === DESK || site === FILES) {
        return notFound();
    }
    request.headers['x-taihu-site'] = { value: site };
    return request;
}

// Forms belong to citizens' sites. How often something is tried is counted by address, which only this function tells.
function form(event, request, site) {
    const asked = FORM.exec(request.uri);
    if (asked === null || !FORMS.includes(asked[1]) || site === DESK || site === FILES) {
        return notFound();
    }
    request.headers['x-taihu-site'] = { value: site };
    request.headers['x-taihu-address'] = { value: event.viewer.ip };
    return request;
}

function page(request, site) {
    const path = canonical(request.uri);
    if (path === null) {
        request.uri = '/' + site + '/404.html';
        return request;
    }
    if (path !== request.uri) {
        return redirect(301, path + queryOf(request));
    }
    request.uri = '/' + site + path + (path.endsWith('/') ? 'index.html' : '');
    return request;
}

// Lower case, and without a default port: both mean the same host.
function hostOf(request) {
    const header = request.headers.host;
    return header ? header.value.toLowerCase().replace(/:(80|443)$/, '') : '';
}

function siteOf(host) {
    const dot = host.indexOf('.');
    const label = host.slice(0, dot);
    return dot > 0 && host.slice(dot + 1) === CITY_DOMAIN && LABEL.test(label) ? label : null;
}

// Only this function says which site a request is for; what a client sends under our names is dropped.
function dropOurHeaders(request) {
    for (const name of Object.keys(request.headers)) {
        if (name.startsWith('x-taihu-')) {
            delete request.headers[name];
        }
    }
}

// Letters, digits and -._~ mean the same when encoded (RFC 3986, 6.2.2.2); nothing else is decoded.
function decodeUnreserved(uri) {
    return uri.replace(/%([0-9A-Fa-f]{2})/g, function (encoded, hex) {
        const character = String.fromCharCode(parseInt(hex, 16));
        return /[A-Za-z0-9._~-]/.test(character) ? character : encoded;
    });
}

// The one form in which a page's path is asked for; null where no page can be.
function canonical(uri) {
    const decoded = decodeUnreserved(uri);
    if (decoded.length > LONGEST_PATH || !/^\/[A-Za-z0-9._\/-]*$/.test(decoded)) {
        return null;
    }
    const segments = decoded.toLowerCase().slice(1).split('/');
    const last = segments.pop();
    for (const segment of segments) {
        if (!SEGMENT.test(segment)) {
            return null;
        }
    }
    if (last !== '' && !SEGMENT.test(last)) {
        return null;
    }
    const folder = segments.length === 0 ? '/' : '/' + segments.join('/') + '/';
    if (last === '' || last === 'index.html') {
        return folder;
    }
    return folder + last + (last.includes('.') ? '' : '/');
}

// Whether a path of the API climbs or hides a separator, so that two readers of it could disagree.
function hides(uri) {
    const decoded = decodeUnreserved(uri);
    return /\/\.{0,2}\/|\/\.{1,2}$|\\|%2f|%5c|%00/i.test(decoded);
}

function queryOf(request) {
    const pairs = [];
    for (const name of Object.keys(request.querystring)) {
        const entry = request.querystring[name];
        for (const one of entry.multiValue || [entry]) {
            pairs.push(one.value === '' ? name : name + '=' + one.value);
        }
    }
    return pairs.length === 0 ? '' : '?' + pairs.join('&');
}

function redirect(statusCode, location) {
    return {
        statusCode: statusCode,
        statusDescription: { 301: 'Moved Permanently', 302: 'Found', 307: 'Temporary Redirect' }[statusCode],
        headers: { location: { value: location }, 'cache-control': { value: 'max-age=3600' } },
    };
}

// The sentence: there is nothing at this address.
function notFound() {
    return {
        statusCode: 404,
        statusDescription: 'Not Found',
        headers: { 'content-type': { value: 'text/plain; charset=utf-8' }, 'cache-control': { value: 'no-store' } },
        body: { encoding: 'text', data: '\u8fd9\u4e2a\u5730\u5740\u6ca1\u6709\u5185\u5bb9\u3002\n' },
    };
}

// The same of the API, whose refusals are problems (RFC 9457) that name their request.
function noSuchAddress(event) {
    const problem = {
        type: '/api/publish/problems/not-found',
        title: '\u6ca1\u6709\u8fd9\u4e2a\u5730\u5740',
        title_en: 'no such address',
        status: 404,
        code: 'not-found',
        detail: '\u8bf7\u6838\u5bf9\u5730\u5740\uff1b\u63a5\u53e3\u8bf4\u660e\u89c1 /api/publish/openapi.json\u3002',
        detail_en: 'Check the address; /api/publish/openapi.json lists all there are.',
        instance: event.request.uri.slice(0, 300),
        request: event.context.requestId,
    };
    return {
        statusCode: 404,
        statusDescription: 'Not Found',
        headers: { 'content-type': { value: 'application/problem+json' }, 'cache-control': { value: 'no-store' } },
        body: { encoding: 'text', data: JSON.stringify(problem) },
    };
}
