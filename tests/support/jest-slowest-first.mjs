import Sequencer from '@jest/test-sequencer'

/**
 * The matrix asks for minutes: begun last, it would leave the other worker without work. Jest begins with the largest files
 * where it has not seen yet how long each takes, as on a fresh clone.
 */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const isSlow = ({ path }) => /[\\/]tests[\\/]matrix[\\/]/.test(path)
    const sorted = super.sort(tests)
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))]
  }
}
