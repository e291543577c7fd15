import { writeFile } from 'node:fs/promises';
import { bundlePageScript, generatedPageScript, PAGE_SCRIPT_FILE } from './page-script.ts';

/** `npm run build:page` writes the script of the HTML report. */
const script = await bundlePageScript();
await writeFile(PAGE_SCRIPT_FILE, generatedPageScript(script));
process.stderr.write(`built the page's script: ${script.length} characters\n`);
