import { readFileSync } from 'node:fs';

const NODE_MODULES = new URL('../../node_modules/', import.meta.url);

/** The licences of what the script of the HTML report holds: a bundler that finds it as a string does not see them. */
export function pageLicenses(): string {
  return ['echarts/LICENSE', 'echarts/NOTICE', 'zrender/LICENSE']
    .map((path) => `\n${path.split('/')[0]} (in the HTML report)\n${readFileSync(new URL(path, NODE_MODULES), 'utf8')}`)
    .join('');
}
