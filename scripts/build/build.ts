import { fileURLToPath } from 'node:url';
import { bundle, bundleLibrary } from './bundle.ts';

/** `action` into dist/ (committed: what `uses:` runs), `cli` and the library into bin/ (made when packing). */
const FOLDERS = { action: 'dist', cli: 'bin' } as const;
const door = process.argv[2];
if (door !== 'action' && door !== 'cli') throw new Error('usage: node scripts/build/build.ts action|cli');
const folder = fileURLToPath(new URL(`../../${FOLDERS[door]}`, import.meta.url));
bundle(door, folder);
if (door === 'cli') bundleLibrary(folder);
