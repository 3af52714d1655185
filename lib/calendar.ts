/** The calendar date, as `YYYY-MM-DD`, that many days after another one. */
export const daysAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
