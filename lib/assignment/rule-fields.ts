import { z } from 'zod'

/** What a rule goes by, and how its value reads. */
export const RULE_FIELDS = {
  country: 'Country',
  site: 'Site',
  family: 'Product family',
  order: 'Sales order',
  customer_order: 'Customer order number',
} as const

export type RuleField = keyof typeof RULE_FIELDS

/** A rule as its form says it. A country is its code. */
export const ruleForm = z
  .object({
    field: z.enum(Object.keys(RULE_FIELDS) as [RuleField, ...RuleField[]], { error: 'Choose what the rule goes by.' }),
    value: z
      .string({ error: 'Write the value.' })
      .transform((text) => text.normalize('NFKC').trim())
      .pipe(
        z
          .string()
          .min(1, { error: 'Write the value.' })
          .max(200, { error: 'A value has 200 characters at most.' })
          .refine((text) => !/\p{Cc}/u.test(text), { error: 'There are characters in the value that are no text.' }),
      ),
    target: z.coerce
      .number({ error: 'Choose a Virtual Account.' })
      .int()
      .min(1, { error: 'Choose a Virtual Account.' }),
  })
  .transform((rule) => (rule.field === 'country' ? { ...rule, value: rule.value.toUpperCase() } : rule))
