// Viewer response: the status a page's metadata tells (S3 answers 200), how long it may be kept, and who may read it with a script.
// The rules are data in cases.json and hold for the local CDN too. Runtime: cloudfront-js-2.0.

const REASONS = { 301: 'Moved Permanently', 404: 'Not Found', 410: 'Gone', 500: 'Internal Server Error' };
const FILES = 'files.${CityDomain}';
const META = 'x-amz-meta-';
const PAGE = 'max-age=0, s-maxage=10, stale-while-revalidate=20, stale-if-error=86400';
const ASSET = 'public, max-age=31536000, immutable';

function handler(event) {
    const response = event.response;
    const headers = response.headers;
    if (response.statusCode === 200 || response.statusCode === 206) {
        applyStatus(response);
    }
    for (const name of Object.keys(headers)) {
        if (name.startsWith(META)) {
            delete headers[name];
        }
    }
    if (event.request.uri.startsWith('/_assets/')) {
        headers['cache-control'] = { value: ASSET };
    } else if (!headers['cache-control']) {
        headers['cache-control'] = { value: PAGE };
    }
    if (event.request.uri.endsWith('.json') || event.request.uri.endsWith('.csv')) {
        // What is public may be read by the scripts of any site; 301 and 410 included.
        headers['access-control-allow-origin'] = { value: '*' };
    }
    if (host(event.request) === FILES) {
        // Over what the policy of all pages says: a file is shown by any site, and does nothing by itself.
        headers['content-security-policy'] = { value: "default-src 'none'; sandbox" };
        headers['cross-origin-resource-policy'] = { value: 'cross-origin' };
    }
    return response;
}

function host(request) {
    return request.headers && request.headers.host ? request.headers.host.value.toLowerCase().replace(/:(80|443)$/, '') : '';
}

function applyStatus(response) {
    const headers = response.headers;
    const told = headers[META + 'status'] ? headers[META + 'status'].value : '200';
    if (told === '200') {
        return;
    }
    const location = headers[META + 'location'];
    // A status we do not write, or a move without a place, is a fault and must be seen as one.
    const sound = told === '404' || told === '410' || (told === '301' && location);
    const status = sound ? Number(told) : 500;
    if (status === 301) {
        headers.location = { value: location.value };
    }
    // A part of such a page is not a part of anything the reader asked for.
    delete headers['content-range'];
    response.statusCode = status;
    response.statusDescription = REASONS[status];
}
