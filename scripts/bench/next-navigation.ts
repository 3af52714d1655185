import { register } from 'node:module'

// Next gives server code its own `next/navigation`; outside of Next, Node would take the one for the browser.
const hook = `export const resolve = (name, context, next) =>
  next(name === 'next/navigation' ? 'next/dist/client/components/navigation.react-server.js' : name, context)`

/** Lets files that import `next/navigation` be loaded by a command. To be called before they are imported. */
export function takeServerNavigation(): void {
  register(`data:text/javascript,${encodeURIComponent(hook)}`)
}
