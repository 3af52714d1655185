const turns = Array.from({ length: 18 }, (_, index) => index * 10)

/** The engraved figure of certificates: ellipses turned about one center. Decoration of sign-in, empty and error pages. */
export function Rosette({ className = '' }: { className?: string }) {
  return (
    <svg className={`rosette ${className}`} viewBox="-60 -60 120 120" aria-hidden="true" focusable="false">
      {turns.map((turn) => (
        <ellipse key={turn} rx="58" ry="26" transform={`rotate(${turn})`} />
      ))}
    </svg>
  )
}
