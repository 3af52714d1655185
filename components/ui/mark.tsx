/** The mark: a license as a notched ticket, with the seal in its center. Colors come from the place it stands in. */
export function Mark({ className = 'mark' }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 32 32" aria-hidden="true">
      <path
        fill="var(--mark-body, var(--color-accent))"
        d="M8 3h16a5 5 0 0 1 5 5v3.6a4.6 4.6 0 0 0 0 8.8V24a5 5 0 0 1-5 5H8a5 5 0 0 1-5-5v-3.6a4.6 4.6 0 0 0 0-8.8V8a5 5 0 0 1 5-5Z"
      />
      <circle cx="16" cy="16" r="5" fill="var(--mark-seal, var(--color-bar-seal))" />
    </svg>
  )
}
