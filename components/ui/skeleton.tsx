/** A grey shape of the size that the content will have, so that nothing moves when it comes. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return <span className={`skeleton ${className}`} aria-hidden="true" />
}

const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3']

/** For `loading.tsx` of a list: title, toolbar and rows. */
export function PageSkeleton({ rows = 12, tiles = 0 }: { rows?: number; tiles?: number }) {
  return (
    <main id="main" tabIndex={-1} className="page" aria-busy="true">
      <p className="sr-only" role="status">
        Loading
      </p>
      <div className="grid gap-2">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      {tiles ? (
        <div className="tiles">
          {Array.from({ length: tiles }, (_, index) => (
            <Skeleton key={`tile-${String(index)}`} className="h-28 rounded-lg" />
          ))}
        </div>
      ) : null}
      {rows ? (
        <div className="card grid gap-0 px-5">
          {Array.from({ length: rows }, (_, index) => (
            <div
              key={`row-${String(index)}`}
              className="flex h-10 items-center gap-6 border-b border-line last:border-0"
            >
              <Skeleton className="h-3.5 w-24" />
              <Skeleton className={`h-3.5 ${widths[index % widths.length]}`} />
              <Skeleton className="ms-auto h-3.5 w-16" />
            </div>
          ))}
        </div>
      ) : null}
    </main>
  )
}
