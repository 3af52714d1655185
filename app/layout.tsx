import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { OldFragments } from '@/components/shell/old-fragments'
import { SiteFooter } from '@/components/shell/site-footer'
import { parseTheme, themeCookie } from '@/components/shell/theme'
import { SoftLinks } from '@/components/ui/soft-links'
import { env } from '@/lib/env'
import { oldFragments } from '@/lib/legacy-links/links'
import { extended, latin } from './fonts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'License Central', template: '%s · License Central' },
  description: 'One place for the licenses, devices, contracts, subscriptions and orders of a Smart Account.',
  applicationName: 'License Central',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#2b1930' },
    { media: '(prefers-color-scheme: dark)', color: '#1b1120' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  return (
    <html lang="en" data-theme={theme} className={`${latin.variable} ${extended.variable}`}>
      <body>
        <a className="skip-link" href="#main">
          Skip to the content
        </a>
        {children}
        <SiteFooter />
        <SoftLinks />
        <OldFragments known={oldFragments(env().LEGACY_LINKS)} />
      </body>
    </html>
  )
}
