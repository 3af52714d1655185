import 'server-only'
import type { Sql, TransactionSql } from 'postgres'

/**
 * A transaction of postgres.js whose work goes no further when its connection is lost, or when it has ended. Left alone it
 * would write the next statement, or the rollback, to a socket that is gone: an error that nobody can catch, of a statement
 * that never ends; or to a connection that is somebody else's by then.
 */
export function transaction<T>(client: Sql, mode: string, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  let isLost = false
  let isOver = false
  const check = () => {
    if (isLost) throw Object.assign(new Error('The connection was lost.'), { code: 'CONNECTION_CLOSED' })
    if (isOver) throw new Error('The transaction has ended.')
  }
  const begun = client.begin(mode, async (tx) => {
    const lasting = new Proxy(tx, {
      apply: (target, self, given) => {
        check()
        return Reflect.apply(target, self, given)
      },
      get: (target, name) => {
        const { unsafe } = target
        const guarded: typeof unsafe = (...given) => {
          check()
          return unsafe(...given)
        }
        return name === 'unsafe' ? guarded : Reflect.get(target, name)
      },
    })
    const ended = await work(lasting).then(
      (result) => () => result,
      (error: unknown) => () => {
        throw error
      },
    )
    isOver = true
    // Whoever began it was told already.
    return isLost ? new Promise<T>(() => undefined) : ended()
  })
  return begun.catch((error: unknown) => {
    isLost = true
    throw error
  }) as Promise<T>
}
