// Pages as golden tests hold them: every template of the desk and of the sites, with the troubles that no walk gets into.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Folder, beginning of the names, label of the host that serves what they look like. */
const GALLERIES = [
  ['functions/desk/tests/desk/snapshots', 'desk__gallery__', 'desk'],
  ['shared/pages/tests/snapshots', 'golden__', 'www'],
];
const ASSET = /(\/[\w/-]+\.)([0-9a-f]{8,})(\.(?:css|svg|js))/g;

/** Assets without the hash in their names, and with it, as pages of today name them. */
export function assets(pages) {
  const named = new Map();
  for (const html of pages) {
    for (const [name, before, , after] of html.matchAll(ASSET)) named.set(`${before}HASH${after}`, name);
  }
  return named;
}

/** A page without what the snapshot says of it, with the names of today's assets. */
export function unpacked(snapshot, named) {
  const html = snapshot.slice(snapshot.indexOf('<!doctype html>'));
  return html.replaceAll(/\/[\w/-]+\.HASH\.\w+/g, (name) => named.get(name) ?? name);
}

/** Every golden page that is HTML: its name, its markup, and where it is to be shown. */
export function gallery(base, pages) {
  const named = assets(pages);
  const { protocol, host } = new URL(base);
  const domain = host.slice(host.indexOf('.') + 1);
  return GALLERIES.flatMap(([folder, beginning, label]) =>
    readdirSync(path.join(ROOT, folder))
      .map((file) => ({ file, text: readFileSync(path.join(ROOT, folder, file), 'utf8') }))
      .filter(({ text }) => text.includes('<!doctype html>'))
      .map(({ file, text }) => {
        const name = `golden-${label}-${file.slice(beginning.length).replace(/(\.html)?\.snap$/, '')}`;
        return { name, html: unpacked(text, named), url: `${protocol}//${label}.${domain}/golden/${name}` };
      }),
  );
}
