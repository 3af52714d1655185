import { z } from 'zod'
import { description, name } from './place-schema'

/** A user group as a form makes or renames it. */
export const groupForm = z.object({ name, description })
export type GroupDraft = z.infer<typeof groupForm>
