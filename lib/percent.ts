/** "42 %"; a part that is not nothing never reads as 0 %, and one that is not all never as 100 %. */
export function percent(value: number, base: number): string {
  if (base === 0) return '–'
  const exact = (value / base) * 100
  if (exact > 0 && exact < 1) return '< 1 %'
  if (exact > 99 && exact < 100) return '> 99 %'
  return `${Math.round(exact)} %`
}
