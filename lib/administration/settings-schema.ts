import { z } from 'zod'
import { name } from './place-schema'

const flag = z.enum(['yes', ''], { error: 'Choose one of the list.' }).transform((value) => value === 'yes')

/** The settings of an account as a form sends them. */
export const settingsForm = z.object({ name, sharesAdminContacts: flag, virtualAdminsManageUsers: flag })
