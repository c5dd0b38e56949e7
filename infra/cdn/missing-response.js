// Viewer response of the inner distribution: whatever page it found, what the reader asked for is not there.
// Runtime: cloudfront-js-2.0.

function handler(event) {
    const response = event.response;
    for (const name of Object.keys(response.headers)) {
        if (name.startsWith('x-amz-meta-')) {
            delete response.headers[name];
        }
    }
    response.statusCode = 404;
    response.statusDescription = 'Not Found';
    response.headers['cache-control'] = { value: 'max-age=0, s-maxage=10' };
    return response;
}
