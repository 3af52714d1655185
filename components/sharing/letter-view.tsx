import { Facts } from '@/components/ui/facts'
import type { Letter, LetterPart } from '@/lib/mail/letter'

/** A letter as its recipient reads it. */
export function LetterView({ parts }: Pick<Letter, 'parts'>) {
  return (
    <div className="letter">
      {parts.map((part) => (
        <Part key={JSON.stringify(part)} part={part} />
      ))}
    </div>
  )
}

function Part({ part }: { part: LetterPart }) {
  if ('text' in part) return <p>{part.text}</p>
  if ('code' in part) return <p className="letter-code">{part.code}</p>
  if ('facts' in part) return <Facts items={part.facts.map(([label, value]) => ({ label, value }))} />
  return (
    <p>
      <a href={part.link} className="link">
        {part.label}
      </a>
    </p>
  )
}
