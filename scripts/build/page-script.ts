import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const root = new URL('../../', import.meta.url);
const NOTICE =
  '/*! The charts are drawn by Apache ECharts 6 (https://echarts.apache.org), Copyright 2017-2026 The Apache Software Foundation, Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0), and ZRender, Copyright 2017 Baidu Inc., BSD 3-Clause License. */';

/** Where the script of the HTML report is kept, compressed, so that the sources run unbuilt. */
export const PAGE_SCRIPT_FILE = fileURLToPath(new URL('core/report/html/page-script.generated.ts', root));

/** The script of the HTML report with what it needs of ECharts, for browsers of the last years. */
export async function bundlePageScript(): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('core/report/html/browser/index.ts', root)),
    platform: 'browser',
    transform: { target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
  await bundle.close();
  return `${NOTICE}\n${output[0].code.trim()}`.replaceAll('</script', '<\\/script');
}

/** The generated file. Its lines are short enough for tools that show them. */
export function generatedPageScript(script: string): string {
  const lines =
    gzipSync(script, { level: 9 })
      .toString('base64')
      .match(/.{1,110}/g) ?? [];
  return [
    '// Generated from browser/ and ECharts by `npm run build:page`; a test compares it with a fresh build. The licences of what is in it',
    '// stand in dist/licenses.txt.',
    'export const PAGE_SCRIPT =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}
