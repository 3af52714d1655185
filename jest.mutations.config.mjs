import shared from './jest.config.mjs'

/** The integration tests in a copy of the sources, where it is noted which checks they come to. */
export default async function config() {
  const { projects, testTimeout } = await shared()
  const [server] = projects
  const setupFilesAfterEnv = ['<rootDir>/tests/matrix/mutations/note-probes.ts']
  return { ...server, testMatch: ['<rootDir>/tests/integration/*.test.ts'], setupFilesAfterEnv, testTimeout }
}
