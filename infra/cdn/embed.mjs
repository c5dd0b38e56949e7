// Writes the CloudFront functions into the template: node infra/cdn/embed.mjs

import { readFileSync, writeFileSync } from 'node:fs';
import { TEMPLATE, embedded } from './functions.mjs';

writeFileSync(TEMPLATE, embedded(readFileSync(TEMPLATE, 'utf8')));
