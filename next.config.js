/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  agentRules: false,
  // Every page is drawn for one viewer: nothing of a page may be kept for the next one.
  cacheComponents: false,
  typedRoutes: false,
  reactStrictMode: true,
  // The image optimizer fetches addresses that come with a request; the product has no pictures to optimize.
  images: { unoptimized: true },
  serverExternalPackages: [
    '@aws-sdk/client-s3',
    'postgres',
    'pg',
    'pg-boss',
    'pg-copy-streams',
    '@node-rs/argon2',
    'pptxgenjs',
    'wasm-xlsxwriter',
    'nodemailer',
    'xlsx',
  ],
  // `npm test` checks the types of the whole project once; a build would do it a second time.
  typescript: { ignoreBuildErrors: true },
  // A build is made once for the same sources, so writing a cache for the next one only makes this one longer.
  experimental: {
    turbopackFileSystemCacheForBuild: false,
    // Files for an import come through a form; the middleware refuses larger bodies anywhere else.
    serverActions: { bodySizeLimit: '30mb' },
    proxyClientMaxBodySize: '30mb',
  },
}

export default config
