import type { Permission } from '@/lib/access/permissions'
import { can, type Viewer } from '@/lib/access/viewer'
import type { Resource } from './resource'

/** Something that is done with rows of a table: a button of their selection, and of the page of each. */
export type RowAction = {
  label: string
  /** Needed somewhere in the account; which rows it may be done with, its page says. */
  permission: Permission
  /** The kind of account that it is only there in. */
  only?: Viewer['account']['type']
  /** The page of a row has a way of its own: it is offered in the list alone. */
  ofList?: true
  /** Its page, which finds the rows by its parameters (lib/resources/chosen-rows.ts). */
  page: (domain: string) => string
}

export type ActionChoice = { name: string; label: string }
export type ActionLink = { label: string; href: string }

/** Whether the viewer may do it with some rows of the account. */
export const mayAct = (viewer: Viewer, { permission, only }: RowAction): boolean =>
  can(viewer, permission) && (only === undefined || only === viewer.account.type)

/** What the viewer may do with rows of the table. */
export const choicesOf = (viewer: Viewer, { actions = {} }: Resource): ActionChoice[] =>
  Object.entries(actions).flatMap(([name, action]) => (mayAct(viewer, action) ? [{ name, label: action.label }] : []))

/** The same for one row, as addresses that need no script. `tab` is that of its list. */
export const linksOf = (viewer: Viewer, resource: Resource, tab: string, id: number): ActionLink[] =>
  choicesOf(viewer, resource).flatMap(({ name, label }) => {
    const action: RowAction | undefined = resource.actions?.[name]
    return action && !action.ofList ? [{ label, href: `${action.page(viewer.account.domain)}?of=${tab}&id=${id}` }] : []
  })
