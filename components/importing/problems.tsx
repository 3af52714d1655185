import { Notice } from '@/components/ui/feedback'

/** What is wrong, one sentence a line; nothing when nothing is. */
export function Problems({ title, problems }: { title: string; problems: readonly string[] }) {
  if (problems.length === 0) return null
  return (
    <Notice tone="bad" title={title} live>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Notice>
  )
}
