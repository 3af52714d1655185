import nextJest from 'next/jest.js'

const create = nextJest({ dir: './' })

// Packages that ship nothing but ES modules; jest runs CommonJS.
const esModules = [
  '@tanstack',
  'oidc-provider',
  'jose',
  'd3-[a-z-]+',
  'internmap',
  'es-toolkit',
  'recharts',
  'csv-parse',
  'fast-check',
  'zip-stream',
  'compress-commons',
  'crc32-stream',
  'is-stream',
]

const shared = {
  moduleNameMapper: { '^server-only$': '<rootDir>/tests/support/empty.ts', '^@/(.*)$': '<rootDir>/$1' },
  // Of the globals of a test file's realm these two alone are quick to reach: drizzle asks for them with each piece of SQL.
  sandboxInjectedGlobals: ['Array', 'Object'],
  modulePathIgnorePatterns: ['<rootDir>/.next/', '<rootDir>/.data/'],
}
const ignored = ['/node_modules/', '<rootDir>/.next/', '<rootDir>/.data/', '<rootDir>/tests/browser/']

const server = {
  ...shared,
  displayName: 'server',
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ignored,
}
const components = {
  ...shared,
  displayName: 'components',
  testEnvironment: 'jsdom',
  testMatch: ['**/*.test.tsx'],
  testPathIgnorePatterns: ignored,
  setupFilesAfterEnv: ['@testing-library/jest-dom'],
}

// next/jest writes its own list of what not to transform, so the packages are taken out of it afterwards.
async function project(config) {
  const made = await create(config)()
  return {
    ...made,
    transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`, '^.+\\.module\\.(css|sass|scss)$'],
  }
}

const config = async () => ({
  projects: [await project(server), await project(components)],
  testTimeout: 30_000,
  testSequencer: '<rootDir>/tests/support/jest-slowest-first.mjs',
})

export default config
