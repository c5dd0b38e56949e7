// Viewer request of the inner distribution, asked only for what the pages bucket does not have: the site's own 404 page.
// Runtime: cloudfront-js-2.0.

function handler(event) {
    const request = event.request;
    const site = request.uri.split('/')[1];
    request.uri = '/' + (/^[a-z0-9-]{1,40}$/.test(site) ? site : '${Portal}') + '/404.html';
    return request;
}
