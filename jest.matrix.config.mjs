import base from './jest.config.mjs'

// What is tried against the production build; `npm test` runs it after the build.
const config = async () => {
  const { projects } = await base()
  const matrix = { ...projects[0], displayName: 'matrix', testMatch: ['<rootDir>/tests/matrix/served/*.matrix.ts'] }
  return { projects: [matrix], testTimeout: 60_000 }
}

export default config
