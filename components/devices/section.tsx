import type { ReactNode } from 'react'

/** A part of the page about one device or license; `note` says where its facts come from. */
export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="device-section">
      <header>
        <h3>{title}</h3>
        {note ? <p className="facts-source">{note}</p> : null}
      </header>
      {children}
    </section>
  )
}
