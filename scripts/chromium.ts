import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { childEnvironment, settings } from '@/lib/env'
import { start, startNode } from './run'

const USUAL_PLACES = [
  // The same browser without a window to draw: a third less work for each page.
  '/usr/bin/chromium-headless-shell',
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

let looking: Promise<string> | undefined

/** The Chromium that runs the browser tests: one that is there, else one that is installed now, once. */
export function chromiumPath(): Promise<string> {
  looking ??= lookForChromium()
  return looking
}

async function lookForChromium(): Promise<string> {
  const found = findChromium()
  if (found) return found
  console.log('No Chromium found, installing one …')
  await install()
  const installed = findChromium()
  if (installed) return installed
  throw new Error('There is no Chromium and none could be installed. Install one and set CHROMIUM_PATH to its program.')
}

function findChromium(): string | undefined {
  const places = [settings().CHROMIUM_PATH, ...USUAL_PLACES, chromium.executablePath()]
  return places.find((path) => path && existsSync(path))
}

async function install(): Promise<void> {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = childEnvironment({ DEBIAN_FRONTEND: 'noninteractive' })
    await start('apt-get', ['update', '-qq'], { env }).ended
    for (const name of ['chromium-headless-shell', 'chromium']) {
      if (!findChromium())
        await start('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { env }).ended
    }
  }
  if (!findChromium()) await startNode('@playwright/test/cli.js', ['install', 'chromium']).ended
}
