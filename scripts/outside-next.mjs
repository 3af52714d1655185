// lib outside of Next: what asks a request who is signed in finds none. Preloaded after tsx by commands that use it.
import { register } from 'node:module'

const none = 'export const notFound = () => { throw new Error("404") }; export const redirect = notFound'
const nobody = 'export const sessionIdFromRequest = async () => null; export const pageOfRequest = async () => null'
const hooks = `
  const stand = { 'next/navigation': ${JSON.stringify(none)}, '@/lib/auth': ${JSON.stringify(nobody)} }
  export const resolve = async (name, context, next) =>
    stand[name] ? { url: 'data:text/javascript,' + encodeURIComponent(stand[name]), shortCircuit: true } : next(name, context)`

register(`data:text/javascript,${encodeURIComponent(hooks)}`)
