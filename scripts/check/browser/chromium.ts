import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { cachedFolder } from '../../cached-folder.ts';

/** A headless Chromium for x64 Linux, with the libraries it needs, as an npm package has it. */
const PACKAGE = '@sparticuz/chromium';
const VERSION = '153.0.0';

/**
 * A browser of a pinned version: fetched from npm once, kept in the user's cache folder.
 *
 * @throws Error on a machine that it does not run on.
 */
export async function startChromium(): Promise<Browser> {
  const machine = `${process.platform}-${process.arch}`;
  if (machine !== 'linux-x64') throw new Error(`${PACKAGE} runs on linux-x64, and this is ${machine}`);
  const folder = cachedFolder(`chromium-${VERSION}`, unpack);
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--headless', '--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-background-networking'],
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_PATH: folder },
  });
}

function unpack(folder: string): void {
  const npm = ['pack', '--silent', '--pack-destination', folder, `${PACKAGE}@${VERSION}`];
  execFileSync('npm', npm, { stdio: ['ignore', 'ignore', 'inherit'] });
  const tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz'))!);
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
  const packed = (name: string) => brotliDecompressSync(readFileSync(join(folder, 'package', 'bin', `${name}.br`)));
  writeFileSync(join(folder, 'chromium'), packed('chromium'));
  chmodSync(join(folder, 'chromium'), 0o755);
  for (const name of ['al2023.tar', 'fonts.tar']) {
    writeFileSync(join(folder, name), packed(name));
    execFileSync('tar', ['-xf', join(folder, name), '-C', folder]);
    rmSync(join(folder, name));
  }
  // Its own names folders of another machine.
  writeFileSync(
    join(folder, 'fonts.conf'),
    `<fontconfig><dir>${join(folder, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`,
  );
  rmSync(tarball);
  rmSync(join(folder, 'package'), { recursive: true });
}
