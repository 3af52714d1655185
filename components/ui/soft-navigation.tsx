'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useTransition } from 'react'
import { formSearch } from '@/lib/table/form-search'
import { linkOf } from './plain-click'

const TYPING_MS = 300

/**
 * Makes the plain links and GET forms inside of it change the page in place: one listener for all of them, so that a row,
 * a header or a filter needs no script of its own and works without any. Beyond that it searches while one types in the
 * field with `data-search`, sends a form as soon as a control with `data-at-once` changes, and opens a row when it is
 * clicked anywhere. While a page is on its way the region is `aria-busy`.
 */
export function SoftNavigation({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const query = useSearchParams().get('q') ?? ''

  useEffect(() => {
    // A filter was removed elsewhere: the field must not go on saying what no longer holds. Never under the fingers.
    const field = box.current?.querySelector<HTMLInputElement>('[data-search]')
    if (field && field !== document.activeElement) field.value = query
  }, [query])

  useEffect(() => {
    const region = box.current
    let typing: NodeJS.Timeout | undefined
    const go = (href: string, how: 'push' | 'replace') => {
      clearTimeout(typing)
      startTransition(() => router[how](href, { scroll: !staysHere(href) }))
    }
    const onClick = (event: MouseEvent) => {
      if (event.defaultPrevented || !(event.target instanceof Element)) return
      const link = linkOf(event)
      if (link) {
        event.preventDefault()
        go(`${link.pathname}${link.search}`, 'push')
      } else if (!event.target.closest('a, button, input, label, summary') && !getSelection()?.toString()) {
        event.target.closest('tr')?.querySelector<HTMLAnchorElement>('tbody th a')?.click()
      }
    }
    const onSubmit = (event: SubmitEvent) => {
      if (!(event.target instanceof HTMLFormElement) || event.target.method !== 'get') return
      // The form of a server action that the browser drew itself: React sends it.
      if (!event.target.action.startsWith('http') || 'hard' in event.target.dataset) return
      event.preventDefault()
      go(formHref(event.target), 'push')
    }
    const onInput = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement && target.form && 'search' in target.dataset)) return
      const { form } = target
      clearTimeout(typing)
      typing = setTimeout(() => go(formHref(form), 'replace'), TYPING_MS)
    }
    const onChange = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement && 'atOnce' in target.dataset) target.form?.requestSubmit()
    }
    region?.addEventListener('click', onClick)
    region?.addEventListener('submit', onSubmit)
    region?.addEventListener('input', onInput)
    region?.addEventListener('change', onChange)
    return () => {
      clearTimeout(typing)
      region?.removeEventListener('click', onClick)
      region?.removeEventListener('submit', onSubmit)
      region?.removeEventListener('input', onInput)
      region?.removeEventListener('change', onChange)
    }
  }, [router])

  return (
    <div ref={box} className="soft" aria-busy={isPending}>
      {children}
    </div>
  )
}

/** Whether an address shows the same page, or opens something over it. */
function staysHere(href: string): boolean {
  const here = location.pathname.replace(/\/$/, '')
  return href === here || href.startsWith(`${here}?`) || href.startsWith(`${here}/`)
}

function formHref(form: HTMLFormElement): string {
  const fields = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return `${new URL(form.action).pathname}${formSearch(fields)}`
}
