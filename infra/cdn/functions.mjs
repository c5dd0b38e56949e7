// The CloudFront functions as files, and as they stand in the template: CloudFormation takes their code only inline.

import { readFileSync } from 'node:fs';

const here = (name) => new URL(name, import.meta.url);

export const TEMPLATE = here('../template.yaml');

/** File of each function resource of the template. */
export const FUNCTIONS = {
    PageRequest: 'page-request.js',
    PageResponse: 'page-response.js',
    MissingRequest: 'missing-request.js',
    MissingResponse: 'missing-response.js',
};

/** The code of a function with its parameters filled in as `!Sub` does. */
export function code(file, { cityDomain, portal }) {
    return source(file).replaceAll('${CityDomain}', cityDomain).replaceAll('${Portal}', portal);
}

/** The code of a function as it lies in its file. */
export function source(file) {
    return readFileSync(here(file), 'utf8');
}

/** The template with every function's code replaced by its file's. */
export function embedded(template) {
    let text = template;
    for (const [resource, file] of Object.entries(FUNCTIONS)) {
        const block = new RegExp(`(\\n  ${resource}:\\n(?:    .*\\n)*?      FunctionCode:)(?: !Sub)? \\|\\n(?:        .*\\n|\\n)*`);
        if (!block.test(text)) {
            throw new Error(`the template has no function ${resource} with inline code`);
        }
        const kind = source(file).includes('${') ? ' !Sub |' : ' |';
        const lines = source(file).trimEnd().split('\n').map((line) => (line === '' ? '' : `        ${line}`));
        text = text.replace(block, (_, head) => `${head}${kind}\n${lines.join('\n')}\n\n`);
    }
    return text;
}
