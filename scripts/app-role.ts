import postgres from 'postgres'

/** The role that the server connects as: it owns nothing, and row-level security holds for it. */
export const APP_ROLE = 'license_central_app'

/**
 * Makes sure that the server's role exists with `password` and returns the address of the same database for it.
 * The password is set anew only where it does not work, so that a server that already runs is not locked out.
 */
export async function ensureAppRole(ownerUrl: string, password: string): Promise<string> {
  const appUrl = new URL(ownerUrl)
  appUrl.username = APP_ROLE
  appUrl.password = password
  if (await canConnect(appUrl.href)) return appUrl.href
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    const found = await sql`select 1 from pg_roles where rolname = ${APP_ROLE}`
    const verb = found.length === 0 ? 'create' : 'alter'
    const rights = 'login nosuperuser nobypassrls nocreatedb nocreaterole'
    await sql.unsafe(`${verb} role ${APP_ROLE} ${rights} password '${password.replaceAll("'", "''")}'`)
    await sql.unsafe(`grant connect on database "${appUrl.pathname.slice(1).replaceAll('"', '""')}" to ${APP_ROLE}`)
  } finally {
    await sql.end()
  }
  return appUrl.href
}

async function canConnect(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end()
  }
}
