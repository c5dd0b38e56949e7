// Asks Lambda's runtime API for work, with nothing but what node brings.
require('node:http').get(`http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/next`);
